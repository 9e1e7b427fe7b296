package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.CheckHost;
import io.holdfast.application.port.in.CopyBackup;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.DrillBackup;
import io.holdfast.application.port.in.ListBackups;
import io.holdfast.application.port.in.ListContents;
import io.holdfast.application.port.in.ManageLocks;
import io.holdfast.application.port.in.PinBackup;
import io.holdfast.application.port.in.PruneBackups;
import io.holdfast.application.port.in.RecreateHost;
import io.holdfast.application.port.in.ReportRecovery;
import io.holdfast.application.port.in.ReportStatus;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.in.RestoreFiles;
import io.holdfast.application.port.in.ShowBackup;
import io.holdfast.application.port.in.SuperviseRun;
import io.holdfast.application.port.in.TrustTarget;
import io.holdfast.application.port.in.VerifyBackup;
import io.holdfast.application.port.in.VerifyTarget;
import io.holdfast.application.port.out.source.HealthProbe;
import io.holdfast.launcher.config.HoldfastConfig;

/** The use cases over one configuration, for the time of one command. */
public interface Session extends AutoCloseable {

  /** What they were made from. */
  HoldfastConfig config();

  CreateBackup createBackup();

  ListBackups listBackups();

  ShowBackup showBackup();

  VerifyBackup verifyBackup();

  RestoreBackup restoreBackup();

  DrillBackup drillBackup();

  CopyBackup copyBackup();

  PruneBackups pruneBackups();

  PinBackup pinBackup();

  CheckHost checkHost();

  VerifyTarget verifyTarget();

  TrustTarget trustTarget();

  ReportStatus reportStatus();

  ReportRecovery reportRecovery();

  ManageLocks manageLocks();

  SuperviseRun superviseRun();

  ListContents listContents();

  RestoreFiles restoreFiles();

  /**
   * Looks at who is told of runs.
   *
   * @param trying true to send everybody a test message
   */
  HealthProbe notifiers(boolean trying);

  /** Brings a whole host back. */
  RecreateHost recreateHost();

  /** Releases the storage targets. */
  @Override
  void close();
}
