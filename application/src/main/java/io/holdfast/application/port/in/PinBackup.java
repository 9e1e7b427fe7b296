package io.holdfast.application.port.in;

import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.domain.backup.SetId;
import java.util.List;
import java.util.Optional;

/** Pins sets, so that no rule ever deletes them, and unpins them. */
public interface PinBackup {

  /**
   * Pins a set on every target that has it. One that is pinned already keeps its pin.
   *
   * @param selector by id or the newest; a target that it names is the only one
   * @param reason why, for people
   * @throws io.holdfast.application.port.failure.IntegrityFailure when no target has it
   * @throws io.holdfast.application.port.failure.StorageFailure when no target that could be asked
   *     has it
   * @throws io.holdfast.application.port.failure.UsageFailure for a set at a path
   */
  Result pin(SetSelector selector, Optional<String> reason);

  /** Unpins a set on every target, in the same way. One that is not pinned is no failure. */
  Result unpin(SetSelector selector);

  /**
   * What came of it.
   *
   * @param set the set
   * @param targets those that have it, or had it pinned
   * @param failures why others could not be asked or written to
   */
  record Result(SetId set, List<PinnedCopy> targets, List<StorageFailure> failures) {
    public Result {
      targets = List.copyOf(targets);
      failures = List.copyOf(failures);
    }
  }

  /**
   * A target's copy.
   *
   * @param target the target's name
   * @param outcome what was done
   * @param pin the pin that is there now
   */
  record PinnedCopy(String target, Outcome outcome, Optional<Pin> pin) {}

  /** What was done to a copy. */
  enum Outcome {
    /** It was not pinned and is now. */
    PINNED,
    /** It was pinned before, and that pin stays. */
    ALREADY_PINNED,
    /** It was pinned and is not any more. */
    UNPINNED,
    /** It was not pinned. */
    NOT_PINNED
  }
}
