package io.holdfast.application.port.in;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.trend.SetComparison;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Backs the host up: one new set, on every target. */
public interface CreateBackup {

  /**
   * Makes a set.
   *
   * @throws io.holdfast.application.port.failure.SourceFailure when nothing could be backed up;
   *     then there is no set
   * @throws io.holdfast.application.port.failure.StorageFailure when no target took the set
   * @throws io.holdfast.application.port.failure.BusyFailure when another run holds a target
   * @throws io.holdfast.application.port.failure.InterruptedFailure when cancelled; then nothing
   *     visible is left
   */
  Result create(Request request, Cancellation cancellation);

  /**
   * What to back up, and how the set is marked.
   *
   * @param selection which databases and volumes
   * @param tag a short word for the set
   * @param note a sentence for the set
   * @param waitForLock how long to wait for another run to end
   * @param pin why the set is to be pinned; empty for one that is not
   */
  record Request(
      Selection selection,
      Optional<String> tag,
      Optional<String> note,
      Duration waitForLock,
      Optional<String> pin) {

    /** One that pins nothing. */
    public Request(
        Selection selection, Optional<String> tag, Optional<String> note, Duration waitForLock) {
      this(selection, tag, note, waitForLock, Optional.empty());
    }
  }

  /**
   * What came of it.
   *
   * @param manifest the set's, with what failed and why
   * @param targets what became of each target; at least one holds the set
   * @param quorum how many have to hold it
   * @param warnings what an operator should know beside what the manifest tells
   * @param comparison the set beside those before it
   * @param doubts why the set itself is suspect, a sentence each
   */
  record Result(
      Manifest manifest,
      List<TargetOutcome> targets,
      int quorum,
      List<String> warnings,
      SetComparison comparison,
      List<String> doubts) {
    public Result {
      targets = List.copyOf(targets);
      warnings = List.copyOf(warnings);
      doubts = List.copyOf(doubts);
    }

    /** One that nothing speaks against but the comparison. */
    public Result(
        Manifest manifest,
        List<TargetOutcome> targets,
        int quorum,
        List<String> warnings,
        SetComparison comparison) {
      this(manifest, targets, quorum, warnings, comparison, List.of());
    }

    /** One that was compared with no other. */
    public Result(
        Manifest manifest, List<TargetOutcome> targets, int quorum, List<String> warnings) {
      this(manifest, targets, quorum, warnings, SetComparison.NONE);
    }

    /** True when nothing makes the set suspect. */
    public boolean isPlausible() {
      return comparison.isPlausible() && doubts.isEmpty();
    }

    /** True when a target holds the set. */
    public boolean isStoredOn(String target) {
      return targets.stream().anyMatch(each -> each.target().equals(target) && each.isStored());
    }

    /** How well the set is kept. */
    public Keeping keeping() {
      long holding = targets.stream().filter(TargetOutcome::isStored).count();
      if (holding == targets.size()) {
        return Keeping.EVERYWHERE;
      }
      boolean enough =
          holding >= quorum
              && targets.stream().allMatch(target -> target.isStored() || !target.required());
      return enough ? Keeping.ENOUGH : Keeping.TOO_FEW;
    }
  }

  /** Whether the targets that hold a set are those that have to. */
  enum Keeping {
    /** Every target holds it. */
    EVERYWHERE,
    /** Every required target and a quorum hold it, and an optional one does not. */
    ENOUGH,
    /** A required target does not hold it, or fewer than the quorum do. */
    TOO_FEW
  }

  /**
   * Whether a target holds the set.
   *
   * @param target its name
   * @param location where the set is on it, for people
   * @param required whether it has to
   * @param failure why the target does not hold the set; empty when it does
   * @param hint what to do about the failure
   */
  record TargetOutcome(
      String target, String location, boolean required, Optional<String> failure, String hint) {

    /** True when it holds the set. */
    public boolean isStored() {
      return failure.isEmpty();
    }
  }
}
