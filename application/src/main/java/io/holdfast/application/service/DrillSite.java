package io.holdfast.application.service;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.drill.ScratchClusters.ScratchCluster;
import io.holdfast.application.port.out.drill.ScratchServer;
import io.holdfast.application.port.out.drill.ScratchServers;
import io.holdfast.application.port.out.drill.ScratchVolumes;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.StoredArtifact;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Where one drill restores to: a server for each cluster, and volumes of names of their own. */
final class DrillSite {

  /** Volume names are the names of folders, and the prefix goes before. */
  private static final int LONGEST_NAME = 200;

  private final UseCases.DrillGround ground;
  private final DrillPlan plan;
  private final DrillFindings findings;
  private final String id = UUID.randomUUID().toString().substring(0, 8);
  private final Map<String, ScratchServers.Offer> offers = new LinkedHashMap<>();
  private final Map<String, ScratchServer> servers = new LinkedHashMap<>();
  private final Map<String, ScratchCluster> clusters = new LinkedHashMap<>();
  private final Map<ArtifactId, String> volumeNames = new LinkedHashMap<>();
  private final Set<ArtifactId> restored = new HashSet<>();
  private Optional<ScratchVolumes.Reserved> volumes = Optional.empty();

  DrillSite(UseCases.DrillGround ground, DrillPlan plan, DrillFindings findings) {
    this.ground = ground;
    this.plan = plan;
    this.findings = findings;
    for (StoredArtifact volume : plan.volumes()) {
      String name = volume.id().name();
      String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
      String prefix = "holdfast-drill-" + id + "-" + (volumeNames.size() + 1) + "-";
      volumeNames.put(volume.id(), prefix + cut);
    }
  }

  /**
   * Looks whether there is all that it needs. Changes nothing.
   *
   * @throws SourceFailure when there is not
   */
  void look(Cancellation cancellation) {
    DrillSpace space = new DrillSpace(ground.space());
    for (String cluster : plan.clusters()) {
      ScratchServers.Wish wish = new ScratchServers.Wish(id, cluster, plan.majorOf(cluster));
      ScratchServers.Offer offer =
          ground.servers().stream()
              .flatMap(sort -> sort.offer(wish, cancellation).stream())
              .findFirst()
              .orElseThrow(() -> noServer(wish));
      offer.warning().ifPresent(findings::warn);
      offers.put(cluster, offer);
      space.server(offer.dataPlace(), plan.databasesOf(cluster));
    }
    if (!plan.volumes().isEmpty()) {
      space.volumes(ground.volumes().dataPlace(cancellation), plan.volumes());
    }
    space.demand();
  }

  private static SourceFailure noServer(ScratchServers.Wish wish) {
    String version = wish.major().isPresent() ? " " + wish.major().getAsInt() : "";
    return new SourceFailure(
        FailureKind.SOURCE,
        "There is no server to restore cluster "
            + wish.cluster()
            + " to: neither an image of PostgreSQL that its container would tell, nor the programs"
            + " of PostgreSQL"
            + version
            + " on this host.",
        "Name an image with drill: image: {"
            + wish.cluster()
            + ": NAME}, or install postgresql"
            + version.replace(' ', '-')
            + ".");
  }

  /** Starts every server. */
  void start(Function<StoredArtifact, ArtifactContent> contents, Cancellation cancellation) {
    for (Map.Entry<String, ScratchServers.Offer> offer : offers.entrySet()) {
      String cluster = offer.getKey();
      String superuser;
      try {
        superuser = ground.clusters().superuser(cluster, plan.globalsOf(cluster).map(contents));
      } catch (IOException e) {
        throw DrillRun.unreadable(ArtifactId.globals(cluster), e);
      }
      ScratchServer server = offer.getValue().start(superuser, cancellation);
      servers.put(cluster, server);
      clusters.put(cluster, ground.clusters().of(cluster, server));
    }
    if (!volumeNames.isEmpty()) {
      volumes = Optional.of(ground.volumes().reserve(id, List.copyOf(volumeNames.values())));
    }
  }

  /** For people. */
  List<String> described() {
    return offers.entrySet().stream()
        .map(offer -> "cluster " + offer.getKey() + ": " + offer.getValue().describe())
        .toList();
  }

  ScratchCluster cluster(ArtifactId id) {
    return Optional.ofNullable(clusters.get(plan.clusterOf(id)))
        .orElseThrow(() -> new IllegalStateException("no server for " + id));
  }

  Optional<ScratchCluster> cluster(String name) {
    return Optional.ofNullable(clusters.get(name));
  }

  /** The servers that run, by their clusters. */
  Map<String, ScratchServer> servers() {
    return Map.copyOf(servers);
  }

  String volumeName(ArtifactId id) {
    return Optional.ofNullable(volumeNames.get(id))
        .orElseThrow(() -> new IllegalStateException("no volume for " + id));
  }

  Map<String, String> volumeLabels() {
    return volumes.map(ScratchVolumes.Reserved::labels).orElse(Map.of());
  }

  /** The folder of a volume that was restored. */
  String folderOf(ArtifactId volume, Cancellation cancellation) {
    return volumes
        .map(reserved -> reserved.folder(volumeName(volume), cancellation).toString())
        .orElseThrow(() -> new IllegalStateException("no volume for " + volume));
  }

  void came(ArtifactId artifact) {
    restored.add(artifact);
  }

  /** True when it came back. */
  boolean has(ArtifactId artifact) {
    return restored.contains(artifact);
  }

  /** Takes all of it away; what cannot be stays in the journal, for the next run. */
  void clear() {
    volumes.ifPresent(reserved -> clear(reserved::close));
    servers.values().forEach(server -> clear(server::close));
  }

  private void clear(Runnable part) {
    try {
      part.run();
    } catch (Failure left) {
      findings.warn(
          "Something of the drill is left, and the next run takes it away: " + left.getMessage());
    }
  }
}
