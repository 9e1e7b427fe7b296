package io.holdfast.podman;

import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.drill.ScratchServers;
import io.holdfast.application.port.out.drill.ScratchVolumes;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.recovery.Undoer;
import io.holdfast.application.port.out.source.ArtifactSource;
import io.holdfast.application.port.out.source.ContainerRecreation;
import io.holdfast.application.port.out.source.HealthProbe;
import io.holdfast.application.port.out.source.Hold;
import io.holdfast.application.port.out.source.HostScout;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreProof;
import io.holdfast.podman.command.HostCommandRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** This host's Podman behind Holdfast's ports. One instance serves a whole run. */
public final class PodmanAdapter {

  private final PodmanHost host;
  private final VolumeSettings settings;
  private final List<ServedCluster> clusters;
  private final RecoveryJournal journal;
  private final Hold hold;
  private final VolumeFreezer freezer;

  /**
   * The adapter.
   *
   * @param runner runs podman, tar and the like on the host
   * @param settings which volumes are backed up, and how
   * @param clusters the clusters that are configured beside them
   * @param journal remembers what must be undone if Holdfast is killed
   */
  public PodmanAdapter(
      CommandRunner runner,
      VolumeSettings settings,
      List<ServedCluster> clusters,
      RecoveryJournal journal) {
    this.host = new PodmanHost(runner);
    this.settings = settings;
    this.clusters = List.copyOf(clusters);
    this.journal = journal;
    this.hold = new PodmanHold(host, journal, settings.hold());
    this.freezer = new VolumeFreezer(host, journal);
  }

  /** The adapter on a host whose databases are none of its business. */
  public PodmanAdapter(CommandRunner runner, VolumeSettings settings, RecoveryJournal journal) {
    this(runner, settings, List.of(), journal);
  }

  /** Looks around on a host that has no configuration yet. */
  public static HostScout scout(CommandRunner runner) {
    return new PodmanScout(new PodmanHost(runner));
  }

  /** Volumes, and the containers that mount them. */
  public ArtifactSource source() {
    return new VolumeSource(host, settings, clusters, freezer);
  }

  /** The containers that the configured clusters' servers run in. */
  public ArtifactSource servers() {
    return new ServerSource(host, clusters);
  }

  /** Makes containers again as a set tells of them. */
  public ContainerRecreation recreation() {
    return new ContainerForge(host, journal);
  }

  /** Where volumes are restored to. */
  public RestoreDestination destination() {
    return new VolumeRestore(host, journal);
  }

  /** Shows whether restored volumes are what was backed up. */
  public RestoreProof proof() {
    return new VolumeProof(host);
  }

  /** Holds containers. */
  public Hold hold() {
    return hold;
  }

  /** Undoes swapped volumes, held containers and frozen copies. */
  public Undoer undoer() {
    return new PodmanUndoer(host, freezer);
  }

  /** Tells whether Podman and the volumes are ready. */
  public HealthProbe probe() {
    return new PodmanProbe(host, settings, clusters);
  }

  /** Volumes for the time of a drill. */
  public ScratchVolumes scratchVolumes() {
    return new DrillVolumes(host, journal);
  }

  /**
   * Servers in containers for the time of a drill.
   *
   * @param runner runs programs in them
   * @param folder where the folders of their sockets are made
   * @param images what is known of the image of each configured cluster
   */
  public ScratchServers scratchServers(
      HostCommandRunner runner, Path folder, Map<String, ScratchImage> images) {
    return new ImageServers(host, runner, journal, folder, images);
  }
}
