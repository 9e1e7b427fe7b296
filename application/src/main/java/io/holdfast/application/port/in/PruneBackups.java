package io.holdfast.application.port.in;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.retention.Decision;
import io.holdfast.domain.retention.RetentionPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Deletes the sets that no rule keeps, on each target by what that target holds. */
public interface PruneBackups {

  /**
   * Prunes targets one after another. One that fails, is busy or refuses does not stop the others;
   * nothing is deleted on one whose sets could not all be seen.
   *
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when there is no such target
   * @throws io.holdfast.application.port.failure.InterruptedFailure when cancelled; no set is left
   *     visible in part, and the next prune goes on
   */
  Report prune(Request request, Cancellation cancellation);

  /**
   * What to prune.
   *
   * @param targets the names of the targets; none for all
   * @param dryRun true to say what would be done, and to change nothing
   * @param waitForLock how long to wait for another run to end
   */
  record Request(Set<String> targets, boolean dryRun, Duration waitForLock) {
    public Request {
      targets = Set.copyOf(targets);
    }
  }

  /**
   * What came of it.
   *
   * @param targets each that was asked for, in the configured order
   */
  record Report(List<PrunedTarget> targets) {
    public Report {
      targets = List.copyOf(targets);
    }
  }

  /**
   * What came of one target.
   *
   * @param target its name
   * @param location where it is, for people
   * @param sets every set on it, newest first; none where nothing could be decided
   * @param refusal why nothing was decided, where that is for its sets' dates
   * @param failure why not all was done that was to be; {@code BUSY} when another run has it
   */
  record PrunedTarget(
      String target,
      String location,
      List<PrunedSet> sets,
      Optional<RetentionPlan.Refused> refusal,
      Optional<Failure> failure) {
    public PrunedTarget {
      sets = List.copyOf(sets);
    }

    /** How many bytes went, or would go. */
    public long bytes(Outcome outcome) {
      return sets.stream()
          .filter(set -> set.outcome() == outcome)
          .mapToLong(set -> set.decision().set().bytes())
          .sum();
    }

    /** How many sets it came to this with. */
    public long count(Outcome outcome) {
      return sets.stream().filter(set -> set.outcome() == outcome).count();
    }
  }

  /**
   * What came of one set.
   *
   * @param decision what was decided, and why
   */
  record PrunedSet(Decision decision, Outcome outcome) {}

  /** What can come of a set. */
  enum Outcome {
    /** It stays. */
    KEPT,
    /** It is to go, and is there still: a dry run, or one that was stopped by a failure. */
    TO_DELETE,
    /** It is gone. */
    DELETED,
    /** It was to go, and was pinned, read or published before its turn came. */
    SPARED
  }
}
