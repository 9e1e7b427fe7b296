package io.holdfast.application.service;

import io.holdfast.application.port.in.CopyBackup;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.ListBackups;
import io.holdfast.application.port.in.ManageLocks;
import io.holdfast.application.port.in.PinBackup;
import io.holdfast.application.port.in.PruneBackups;
import io.holdfast.application.port.in.ShowBackup;
import io.holdfast.application.port.in.VerifyBackup;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.stream.ArtifactPipeline;
import io.holdfast.domain.retention.RetentionPolicy;

/** The use cases that make sets, show them and keep them. */
public final class SetUseCases {

  private final UseCases.Host host;
  private final UseCases.Sources sources;
  private final UseCases.Storage storage;
  private final BackupEvents events;
  private final CommonParts parts;

  SetUseCases(
      UseCases.Host host,
      UseCases.Sources sources,
      UseCases.Storage storage,
      BackupEvents events,
      CommonParts parts) {
    this.host = host;
    this.sources = sources;
    this.storage = storage;
    this.events = events;
    this.parts = parts;
  }

  public CreateBackup createBackup() {
    return new CreateBackupService(
        host,
        sources,
        storage,
        new ArtifactPipeline(parts.codecs(), host.clock(), host.jobs()),
        parts.recovery(),
        parts.locker(),
        events);
  }

  public ListBackups listBackups() {
    return new ListBackupsService(parts.catalogs(), parts.locker());
  }

  public ShowBackup showBackup() {
    return new ShowBackupService(parts.finder(), parts.locker());
  }

  public VerifyBackup verifyBackup() {
    return new VerifyBackupService(
        parts.reads(), parts.verifier(), new VerdictRecorder(parts.locker(), events));
  }

  public CopyBackup copyBackup() {
    return new CopyBackupService(host, parts.finder(), parts.reads(), parts.locker(), events);
  }

  /**
   * @param policy which sets are kept
   */
  public PruneBackups pruneBackups(RetentionPolicy policy) {
    TargetLocker locker = parts.locker();
    return new PruneBackupsService(
        host,
        policy,
        parts.catalogs(),
        locker,
        target -> new StoredMarks(locker.marksOf(target)),
        events);
  }

  public PinBackup pinBackup() {
    return new PinBackupService(parts.finder(), parts.locker());
  }

  public ManageLocks manageLocks() {
    return new ManageLocksService(parts.catalogs(), parts.locker());
  }
}
