package io.holdfast.application.port.in;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.SetId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Copies published sets from one target to another, to the byte. */
public interface CopyBackup {

  /**
   * Copies one set.
   *
   * @param selector which, and from which target; without one, the first that has it
   * @param to the target that is to get it
   * @throws io.holdfast.application.port.failure.IntegrityFailure when the set is unknown, not
   *     published, of another host or damaged, or there is another one of its id; nothing is
   *     published
   * @throws io.holdfast.application.port.failure.StorageFailure when a target fails
   * @throws io.holdfast.application.port.failure.BusyFailure when another run holds the target
   * @throws io.holdfast.application.port.failure.InterruptedFailure when cancelled; whole files
   *     stay for the next copy
   */
  CopiedSet copy(SetSelector selector, String to, Mode mode, Cancellation cancellation);

  /**
   * Copies every published set of this host that a target lacks, oldest first, each from the first
   * target that has it whole. One that fails does not stop the others.
   *
   * @param from the one target to copy from; empty for all
   * @param to the one target to copy to; empty for all
   */
  Repair copyMissing(
      Optional<String> from, Optional<String> to, Mode mode, Cancellation cancellation);

  /**
   * How.
   *
   * @param dryRun true to say only what would be copied
   * @param waitForLock how long to wait for another run to end
   */
  record Mode(boolean dryRun, Duration waitForLock) {}

  /**
   * What came of all that was missing.
   *
   * @param sets what came of each, in the order of the work
   * @param unread why targets could not be looked at
   */
  record Repair(List<CopiedSet> sets, List<Failure> unread) {
    public Repair {
      sets = List.copyOf(sets);
      unread = List.copyOf(unread);
    }
  }

  /**
   * What came of one set.
   *
   * @param id the set's id
   * @param from the target that it was read from last; for {@link Outcome#FAILED} the first that
   *     has it
   * @param to the target that was to get it
   * @param outcome what came of it
   * @param files how many files the set has
   * @param bytes how long they are together
   * @param keptFiles how many of them were there already, from a copy that was interrupted
   * @param warnings what an operator should know
   * @param failure why it was not copied, for {@link Outcome#FAILED}
   */
  record CopiedSet(
      SetId id,
      String from,
      String to,
      Outcome outcome,
      int files,
      long bytes,
      int keptFiles,
      List<String> warnings,
      Optional<Failure> failure) {
    public CopiedSet {
      warnings = List.copyOf(warnings);
    }
  }

  /** What can come of a copy. */
  enum Outcome {
    /** The set is there now. */
    COPIED,
    /** It was there already, the same to the byte. */
    PRESENT,
    /** It would be copied: a dry run. */
    PLANNED,
    /** It is not there. */
    FAILED
  }
}
