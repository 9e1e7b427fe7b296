package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.PruneBackups;
import io.holdfast.application.port.in.PruneBackups.Report;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.SetStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The prune that follows a backup: only where the backup is COMPLETE and kept well enough, and only
 * on the targets that took it. Its trouble does not undo the backup.
 *
 * @param report what came of it
 * @param skipped why there was none
 * @param interrupted true when it was ended from outside; the set is stored all the same
 */
record FollowingPrune(Optional<Report> report, Optional<String> skipped, boolean interrupted) {

  private static final String MANUAL = "prune: manual";

  /** Prunes, or says why not. */
  static FollowingPrune after(
      CreateBackup.Result backup, Session session, Cancellation cancellation) {
    if (!session.config().lifecycle().pruneAfterBackup()) {
      return skipped(MANUAL);
    }
    if (backup.manifest().status() != SetStatus.COMPLETE) {
      return skipped("the set is " + backup.manifest().status());
    }
    if (!backup.comparison().isPlausible()) {
      return skipped("the set looks wrong beside earlier ones; see to that, then `holdfast prune`");
    }
    if (!backup.doubts().isEmpty()) {
      return skipped("the set is suspect; see to that, then `holdfast prune`");
    }
    if (backup.keeping() == CreateBackup.Keeping.TOO_FEW) {
      return skipped("too few targets hold the set");
    }
    Set<String> holding =
        backup.targets().stream()
            .filter(CreateBackup.TargetOutcome::isStored)
            .map(CreateBackup.TargetOutcome::target)
            .collect(Collectors.toSet());
    if (holding.isEmpty()) {
      return skipped("no target holds the set");
    }
    try {
      Report report =
          session
              .pruneBackups()
              .prune(new PruneBackups.Request(holding, false, Duration.ZERO), cancellation);
      return new FollowingPrune(Optional.of(report), Optional.empty(), false);
    } catch (InterruptedFailure interrupted) {
      return new FollowingPrune(Optional.empty(), Optional.of("it was interrupted"), true);
    }
  }

  private static FollowingPrune skipped(String why) {
    return new FollowingPrune(Optional.empty(), Optional.of(why), false);
  }

  /** The code of the backup with this behind it; that another run was quicker is no trouble. */
  int exitCode(int ofBackup) {
    if (interrupted) {
      return ExitCode.INTERRUPTED;
    }
    int own = report.map(PruneView::exitCodeOf).orElse(ExitCode.DONE);
    boolean trouble = own != ExitCode.DONE && own != ExitCode.BUSY;
    return trouble && ofBackup == ExitCode.DONE ? ExitCode.PARTIAL : ofBackup;
  }

  Json.Fields json() {
    return Json.object()
        .put("skipped", skipped)
        .put("targets", report.map(PruneView::json).orElse(List.of()));
  }

  void text(Page page) {
    report.ifPresent(each -> PruneView.summary(each, page));
    skipped
        .filter(why -> !why.equals(MANUAL))
        .ifPresent(why -> page.line("no set was pruned: " + why));
  }
}
