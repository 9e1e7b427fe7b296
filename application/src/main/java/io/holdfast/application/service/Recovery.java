package io.holdfast.application.service;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.recovery.HostLock;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.recovery.Undoer;
import io.holdfast.application.port.out.source.HealthProbe.Finding;
import io.holdfast.application.port.out.source.HealthProbe.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Undoes what killed runs left on the host. */
final class Recovery {

  private static final String PURPOSE = "recovery";
  private static final long POLL_MILLIS = 250;

  private final RecoveryJournal journal;
  private final List<Undoer> undoers;
  private final HostLock hostLock;

  Recovery(RecoveryJournal journal, List<Undoer> undoers, HostLock hostLock) {
    this.journal = journal;
    this.undoers = undoers;
    this.hostLock = hostLock;
  }

  /**
   * Undoes all that can be undone now; what cannot stays written down and is told. One run at a
   * time does so: undoing again what another run has undone could harm what that run did since.
   */
  List<Finding> undoAbandoned(Cancellation cancellation) {
    if (journal.abandoned().isEmpty()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    HostLock.Held lock = lock(cancellation);
    try {
      for (RecoveryJournal.Entry entry : journal.abandoned()) {
        cancellation.throwIfCancelled();
        findings.add(undo(entry, cancellation));
      }
    } finally {
      lock.close();
    }
    return findings;
  }

  /** The system drops the lock of a process that dies, so that waiting comes to an end. */
  private HostLock.Held lock(Cancellation cancellation) {
    while (true) {
      cancellation.throwIfCancelled();
      try {
        return hostLock.acquire(PURPOSE);
      } catch (BusyFailure another) {
        cancellation.awaitCancelled(POLL_MILLIS);
      }
    }
  }

  /** The same at the start of another command, told as events. */
  void undoAbandoned(BackupEvents events, Cancellation cancellation) {
    for (Finding finding : undoAbandoned(cancellation)) {
      String text = finding.subject() + ": " + finding.detail();
      events.on(
          finding.level() == Level.FAILED
              ? new BackupEvent.Problem(text + " " + finding.hint())
              : new BackupEvent.Warning(text));
    }
  }

  private Finding undo(RecoveryJournal.Entry entry, Cancellation cancellation) {
    Optional<Undoer> undoer = undoers.stream().filter(u -> u.knows(entry.intent())).findFirst();
    if (undoer.isEmpty()) {
      return new Finding(
          "killed run",
          Level.FAILED,
          "cannot undo " + entry.intent() + ": its cluster is not configured any more.",
          "Configure it again and run holdfast check.");
    }
    try {
      String done = undoer.get().undo(entry.intent(), cancellation);
      entry.strike();
      return new Finding("killed run", Level.WARNING, done, "");
    } catch (InterruptedFailure interrupted) {
      throw interrupted;
    } catch (Failure failure) {
      return new Finding("killed run", Level.FAILED, failure.getMessage(), failure.hint());
    }
  }
}
