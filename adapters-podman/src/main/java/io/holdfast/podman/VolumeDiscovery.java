package io.holdfast.podman;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.source.Discovery;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.NameGlob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One look at which volumes can be backed up, which cannot, and which are left out and why. */
final class VolumeDiscovery {

  private final PodmanHost host;
  private final VolumeSettings settings;
  private final Selection selection;
  private final List<ArtifactSpec> artifacts = new ArrayList<>();
  private final List<FailedArtifact> failures = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Set<ArtifactId> still = new HashSet<>();
  private List<PodmanVolume> readable = List.of();
  private List<Container> containers = List.of();

  VolumeDiscovery(PodmanHost host, VolumeSettings settings, Selection selection) {
    this.host = host;
    this.settings = settings;
    this.selection = selection;
  }

  Discovery look(Cancellation cancellation) {
    List<PodmanVolume> all =
        host.volumes(cancellation).stream().filter(volume -> !Scratch.isScratch(volume)).toList();
    failMissing(all);
    List<PodmanVolume> chosen = all.stream().filter(this::isChosen).toList();
    if (chosen.isEmpty()) {
      return new Discovery(artifacts, failures, warnings);
    }
    containers = host.containers(cancellation);
    Map<String, String> servers = new DataDirectories(host).find(chosen, cancellation);
    readable = chosen.stream().filter(volume -> isReadable(volume, servers)).toList();
    Map<String, Long> sizes = new Sizes(host).estimate(readable, cancellation);
    readable.stream()
        .sorted(
            Comparator.comparingLong((PodmanVolume v) -> -sizes.getOrDefault(v.name(), 0L))
                .thenComparing(PodmanVolume::name))
        .forEach(volume -> artifacts.add(spec(volume, sizes)));
    readable.stream()
        .filter(v -> containers.stream().noneMatch(c -> c.mounts(v.name()) && c.runs()))
        .forEach(volume -> still.add(ArtifactId.volume(volume.name())));
    concerned(chosen, containers).forEach(this::addContainer);
    return new Discovery(artifacts, failures, warnings);
  }

  /** The volumes that can be backed up. */
  List<PodmanVolume> readable() {
    return readable;
  }

  /** The volumes among them that no running container mounts. */
  Set<ArtifactId> still() {
    return Set.copyOf(still);
  }

  /** Why a container that is going to be held must not be: by its name. */
  Map<String, String> heldServers(List<ServedCluster> clusters) {
    Set<String> held =
        artifacts.stream().flatMap(spec -> spec.holds().stream()).collect(Collectors.toSet());
    Map<String, String> reasons = new TreeMap<>();
    for (ServedCluster cluster : clusters) {
      new ServerContainers(containers)
          .neededBy(cluster).stream()
              .map(Container::name)
              .filter(held::contains)
              .forEach(name -> reasons.put(name, heldServer(name, cluster.cluster())));
    }
    return reasons;
  }

  private static String heldServer(String container, String cluster) {
    return "Container "
        + container
        + " is named under volumes: pause:, and cluster "
        + cluster
        + " needs it: while it is held it gives no snapshot, and the cluster's databases fail. Take"
        + " it out of pause:, or the cluster out of postgres:.";
  }

  private boolean isChosen(PodmanVolume volume) {
    return NameGlob.anyMatches(settings.include(), volume.name())
        && !NameGlob.anyMatches(settings.exclude(), volume.name())
        && selection.selects(ArtifactId.volume(volume.name()));
  }

  private void failMissing(List<PodmanVolume> all) {
    Set<String> names = all.stream().map(PodmanVolume::name).collect(Collectors.toSet());
    settings.include().stream()
        .filter(NameGlob::isExact)
        .filter(name -> !names.contains(name) && !NameGlob.anyMatches(settings.exclude(), name))
        .map(ArtifactId::volume)
        .filter(selection::selects)
        .forEach(id -> failures.add(new FailedArtifact(id, "There is no such volume.")));
  }

  /** A volume that cannot be read fails; one that would make no backup is left out, or fails. */
  private boolean isReadable(PodmanVolume volume, Map<String, String> servers) {
    ArtifactId id = ArtifactId.volume(volume.name());
    if (volume.access() == PodmanVolume.Access.FOREIGN) {
      failures.add(new FailedArtifact(id, VolumeMount.foreignDriver(volume)));
      return false;
    }
    List<String> running =
        containers.stream()
            .filter(c -> c.mounts(volume.name()) && c.runs() && !c.infra())
            .map(Container::name)
            .filter(name -> !settings.pause().contains(name))
            .toList();
    String directory = servers.get(volume.name());
    if (directory == null || running.isEmpty()) {
      return true;
    }
    String why = runningServer(directory, running);
    if (isNamed(volume.name())) {
      failures.add(new FailedArtifact(id, why));
    } else {
      warnings.add("Volume " + volume.name() + " is left out: " + why);
    }
    return false;
  }

  private boolean isNamed(String volume) {
    return settings.include().contains(volume) || selection.only().contains(volume);
  }

  private static String runningServer(String directory, List<String> containers) {
    return "it holds the data directory of a running PostgreSQL server (folder "
        + directory
        + ", container "
        + String.join(", ", containers)
        + "), and a copy of files in use is no backup. Back its databases up as a cluster under"
        + " postgres:, and exclude the volume; or stop the container.";
  }

  private ArtifactSpec spec(PodmanVolume volume, Map<String, Long> sizes) {
    Long size = sizes.get(volume.name());
    return new ArtifactSpec(
        ArtifactId.volume(volume.name()),
        settings.compression(),
        size == null ? OptionalLong.empty() : OptionalLong.of(size),
        containers.stream()
            .filter(c -> c.mounts(volume.name()) && c.runs())
            .map(Container::name)
            .filter(settings.pause()::contains)
            .collect(Collectors.toSet()),
        settings.fingerprint());
  }

  /** Whatever mounts a volume, and what holds its pod together: that is where its ports are. */
  private static List<Container> concerned(List<PodmanVolume> volumes, List<Container> containers) {
    Set<String> pods = new HashSet<>();
    Set<String> mounting = new HashSet<>();
    for (Container container : containers) {
      if (volumes.stream().anyMatch(volume -> container.mounts(volume.name()))) {
        mounting.add(container.name());
        container.pod().ifPresent(pods::add);
      }
    }
    return containers.stream()
        .filter(
            c ->
                mounting.contains(c.name())
                    || (c.infra() && c.pod().map(pods::contains).orElse(false)))
        .sorted(Comparator.comparing(Container::name))
        .toList();
  }

  private void addContainer(Container container) {
    artifacts.add(
        new ArtifactSpec(
            ArtifactId.container(container.name()), Encoding.NONE, OptionalLong.empty(), Set.of()));
  }
}
