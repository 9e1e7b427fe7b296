package io.holdfast.podman;

import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.recovery.Undoer;
import io.holdfast.application.port.out.source.ArtifactSource;
import io.holdfast.application.port.out.source.ContainerRecreation;
import io.holdfast.application.port.out.source.HealthProbe;
import io.holdfast.application.port.out.source.Hold;
import io.holdfast.application.port.out.source.HostScout;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreProof;
import java.util.List;

/** This host's Podman behind Holdfast's ports. One instance serves a whole run. */
public final class PodmanAdapter {

  private final PodmanHost host;
  private final VolumeSettings settings;
  private final RecoveryJournal journal;
  private final Hold hold;

  /**
   * The adapter.
   *
   * @param runner runs podman, tar and the like on the host
   * @param settings which volumes are backed up, and how
   * @param journal remembers what must be undone if Holdfast is killed
   */
  public PodmanAdapter(CommandRunner runner, VolumeSettings settings, RecoveryJournal journal) {
    this.host = new PodmanHost(runner);
    this.settings = settings;
    this.journal = journal;
    this.hold = new PodmanHold(host, journal);
  }

  /** Looks around on a host that has no configuration yet. */
  public static HostScout scout(CommandRunner runner) {
    return new PodmanScout(new PodmanHost(runner));
  }

  /** Volumes, and the containers that mount them. */
  public ArtifactSource source() {
    return new VolumeSource(host, settings);
  }

  /** The containers that the configured clusters' servers run in. */
  public ArtifactSource servers(List<ServedCluster> clusters) {
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

  /** Pauses containers; always the same, since it counts who holds what. */
  public Hold hold() {
    return hold;
  }

  /** Undoes swapped volumes and held containers. */
  public Undoer undoer() {
    return new PodmanUndoer(host);
  }

  /** Tells whether Podman and the volumes are ready. */
  public HealthProbe probe() {
    return new PodmanProbe(host, settings);
  }
}
