package io.holdfast.podman;

import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.Discovery;
import io.holdfast.application.port.out.source.HealthProbe;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.domain.backup.ArtifactKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells whether Podman, tar, the volumes and the containers to pause are ready. */
final class PodmanProbe implements HealthProbe {

  private static final Pattern TAR_VERSION =
      Pattern.compile("tar \\(GNU tar\\) (?<major>\\d+)\\.(?<minor>\\d+).*", Pattern.DOTALL);

  /** The first that sorts by name. */
  private static final int TAR_MAJOR = 1;

  private static final int TAR_MINOR = 28;

  private final PodmanHost host;
  private final VolumeSettings settings;
  private final List<ServedCluster> clusters;

  PodmanProbe(PodmanHost host, VolumeSettings settings, List<ServedCluster> clusters) {
    this.host = host;
    this.settings = settings;
    this.clusters = clusters;
  }

  @Override
  public List<Finding> probe(Cancellation cancellation) {
    List<Finding> findings = new ArrayList<>();
    try {
      PodmanHost.About about = host.about(cancellation);
      findings.add(
          ok("podman", "version " + about.version() + (about.rootless() ? ", rootless" : "")));
      findings.add(tar(cancellation));
      VolumeDiscovery discovery = new VolumeDiscovery(host, settings, Selection.all());
      findings.addAll(volumes(discovery.look(cancellation), cancellation));
      findings.addAll(pauses(discovery.heldServers(clusters), cancellation));
    } catch (SourceFailure e) {
      findings.add(failed("podman", e.getMessage(), e.hint()));
    }
    return findings;
  }

  private Finding tar(Cancellation cancellation) {
    String hint = "Install GNU tar 1.28 or later; Holdfast reads and writes volumes with it.";
    String shown;
    try {
      shown = host.filesystem(cancellation, "tar", "--version");
    } catch (SourceFailure e) {
      return failed("tar", e.getMessage(), hint);
    }
    Matcher version = TAR_VERSION.matcher(shown);
    if (!version.matches()) {
      return failed("tar", "this is not GNU tar", hint);
    }
    int major = Integer.parseInt(version.group("major"));
    int minor = Integer.parseInt(version.group("minor"));
    String seen = "GNU tar " + major + "." + minor;
    boolean recent = major > TAR_MAJOR || (major == TAR_MAJOR && minor >= TAR_MINOR);
    return recent ? ok("tar", seen) : failed("tar", seen + " is too old", hint);
  }

  private List<Finding> volumes(Discovery discovery, Cancellation cancellation) {
    List<Finding> findings = new ArrayList<>();
    discovery
        .failures()
        .forEach(failure -> findings.add(failed(failure.id().describe(), failure.reason(), "")));
    discovery
        .warnings()
        .forEach(warning -> findings.add(new Finding("volumes", Level.WARNING, warning, "")));
    Set<String> ready =
        discovery.artifacts().stream()
            .filter(spec -> spec.id().kind() == ArtifactKind.VOLUME)
            .map(spec -> spec.id().name())
            .collect(Collectors.toCollection(TreeSet::new));
    host.volumes(cancellation).stream()
        .filter(volume -> ready.contains(volume.name()))
        .forEach(volume -> findings.add(readable(volume, cancellation)));
    return findings;
  }

  private Finding readable(PodmanVolume volume, Cancellation cancellation) {
    String subject = "volume " + volume.name();
    if (!Sizes.isReadable(volume)) {
      return ok(subject, "will be mounted while it is read");
    }
    SiblingFolders folders = new SiblingFolders(host);
    if (!folders.exists(volume.dataFolder(), cancellation)) {
      return failed(
          subject,
          "there is no folder " + volume.dataFolder(),
          "Create it, or remove the volume: podman volume rm " + volume.name());
    }
    try {
      folders.isEmpty(volume.dataFolder(), cancellation);
    } catch (SourceFailure e) {
      return failed(subject, e.getMessage(), "Run holdfast as the user that has the volume.");
    }
    return ok(subject, "readable");
  }

  private List<Finding> pauses(Map<String, String> heldServers, Cancellation cancellation) {
    if (settings.pause().isEmpty()) {
      return List.of();
    }
    Set<String> names =
        host.containers(cancellation).stream().map(Container::name).collect(Collectors.toSet());
    return new TreeSet<>(settings.pause())
        .stream().map(name -> pause(name, names, heldServers)).toList();
  }

  private static Finding pause(
      String name, Set<String> containers, Map<String, String> heldServers) {
    String subject = "container " + name;
    if (!containers.contains(name)) {
      return failed(
          subject,
          "is named under volumes: pause: and is not there",
          "Correct the name, or take it out.");
    }
    String why = heldServers.get(name);
    return why == null ? ok(subject, "is there to be paused") : failed(subject, why, "");
  }

  private static Finding ok(String subject, String detail) {
    return new Finding(subject, Level.OK, detail, "");
  }

  private static Finding failed(String subject, String detail, String hint) {
    return new Finding(subject, Level.FAILED, detail, hint);
  }
}
