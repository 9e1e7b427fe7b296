package io.holdfast.application.service;

import io.holdfast.application.port.in.DrillBackup;
import io.holdfast.application.port.in.ListContents;
import io.holdfast.application.port.in.RecreateHost;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.in.RestoreFiles;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.source.ContainerRecreation;
import io.holdfast.application.port.out.source.ContentsReader;
import io.holdfast.application.port.out.source.FileDestination;
import io.holdfast.application.port.out.source.FreshCluster;
import java.util.List;

/** The use cases that bring back what is in a set, or show what it is. */
public final class RestoreUseCases {

  private final UseCases.Host host;
  private final UseCases.Sources sources;
  private final UseCases.Journal journal;
  private final BackupEvents events;
  private final CommonParts parts;

  RestoreUseCases(
      UseCases.Host host,
      UseCases.Sources sources,
      UseCases.Journal journal,
      BackupEvents events,
      CommonParts parts) {
    this.host = host;
    this.sources = sources;
    this.journal = journal;
    this.events = events;
    this.parts = parts;
  }

  public RestoreBackup restoreBackup() {
    return new RestoreBackupService(
        parts.reads(),
        restoreWork(),
        sources.destinations(),
        sources.proofs(),
        parts.recovery(),
        journal.hostLock(),
        events);
  }

  /**
   * @param ground where sets are restored to be looked at
   */
  public DrillBackup drillBackup(UseCases.DrillGround ground) {
    return new DrillBackupService(
        host,
        ground,
        parts.reads(),
        parts.verifier(),
        parts.codecs(),
        parts.recovery(),
        journal.hostLock(),
        events);
  }

  /**
   * @param containers makes containers
   * @param opener opens the clusters of those that are servers
   */
  public RecreateHost recreateHost(ContainerRecreation containers, FreshCluster.Opener opener) {
    return new RecreateHostService(
        parts.reads(),
        restoreWork(),
        sources.destinations(),
        sources.proofs(),
        containers,
        opener,
        parts.recovery(),
        journal.hostLock(),
        events);
  }

  /**
   * @param readers who knows the formats of artifacts
   */
  public ListContents listContents(List<ContentsReader> readers) {
    return new ListContentsService(parts.reads(), readers, parts.codecs());
  }

  /**
   * @param destination where single files go
   */
  public RestoreFiles restoreFiles(FileDestination destination) {
    return new RestoreFilesService(
        parts.reads(), parts.verifier(), destination, parts.codecs(), events);
  }

  private RestoreWork restoreWork() {
    return new RestoreWork(parts.verifier(), parts.codecs(), host.clock(), events);
  }
}
