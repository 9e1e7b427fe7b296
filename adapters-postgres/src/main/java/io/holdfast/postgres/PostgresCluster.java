package io.holdfast.postgres;

import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.recovery.Undoer;
import io.holdfast.application.port.out.source.ArtifactSource;
import io.holdfast.application.port.out.source.FreshCluster;
import io.holdfast.application.port.out.source.HealthProbe;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreProof;
import java.time.Clock;
import java.util.Optional;

/** One configured PostgreSQL cluster: makes all that backs it up and restores it. */
public final class PostgresCluster {

  private final ArtifactSource source;
  private final RestoreDestination destination;
  private final HealthProbe probe;
  private final Undoer undoer;
  private final RestoreProof proof;
  private final FreshCluster fresh;

  /**
   * A cluster. Nothing is connected to or run until one of its parts is used.
   *
   * @param settings where it is and what of it is wanted
   * @param runner runs pg_dump, pg_dumpall and pg_restore
   * @param toolsInContainer true when these do not see this host's files
   * @param journal remembers the databases that a restore has under way
   * @param events is told of a restore's progress
   * @param clock this host's
   */
  public PostgresCluster(
      ClusterSettings settings,
      CommandRunner runner,
      boolean toolsInContainer,
      RecoveryJournal journal,
      BackupEvents events,
      Clock clock) {
    Connections connections = new Connections(settings);
    DumpTools tools = new DumpTools(settings, runner, toolsInContainer);
    this.source = new ClusterSource(settings, connections, tools, clock);
    this.destination = new DatabaseDestination(settings, connections, tools, journal, events);
    this.probe = new ClusterProbe(settings, connections, tools);
    this.undoer = new DatabaseUndoer(settings, connections);
    this.proof = new ClusterProof(settings, connections);
    this.fresh = new NewServer(settings, connections, destination, Optional.of(proof));
  }

  /**
   * A new cluster in a container of Holdfast's own making, which goes as a whole when a run is
   * killed: nothing of it stands in this host's journal.
   *
   * @param runner runs the tools inside that container
   */
  public static FreshCluster fresh(
      ClusterSettings settings, CommandRunner runner, BackupEvents events, Clock clock) {
    return new PostgresCluster(settings, runner, true, new NoJournal(), events, clock).fresh;
  }

  /** Backs up its databases and globals. */
  public ArtifactSource source() {
    return source;
  }

  /** Restores databases into it. */
  public RestoreDestination destination() {
    return destination;
  }

  /** Tells whether it is ready. */
  public HealthProbe probe() {
    return probe;
  }

  /** Shows whether what was restored into it is what was backed up. */
  public RestoreProof proof() {
    return proof;
  }

  /** Ends what a killed restore had begun in it. */
  public Undoer undoer() {
    return undoer;
  }
}
