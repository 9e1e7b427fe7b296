package io.holdfast.domain.fingerprint;

import java.util.Optional;

/**
 * Where a sequence stands, or between which two states it stood. A sequence moves whatever snapshot
 * others look at, so that all that is known of a busy one is what it was before and after its dump.
 */
final class SequencePosition {

  private static final String BETWEEN = "..";

  private SequencePosition() {}

  /** True when a state is the one that is expected, or lies between the two that are. */
  static boolean reaches(String state, String expected) {
    int between = expected.indexOf(BETWEEN);
    if (state.equals(expected) || between < 0) {
      return state.equals(expected);
    }
    Optional<Long> one = valueOf(expected.substring(0, between));
    Optional<Long> other = valueOf(expected.substring(between + BETWEEN.length()));
    Optional<Long> at = valueOf(state);
    return one.isPresent()
        && other.isPresent()
        && at.isPresent()
        && Math.min(one.get(), other.get()) <= at.get()
        && at.get() <= Math.max(one.get(), other.get());
  }

  private static Optional<Long> valueOf(String state) {
    int comma = state.indexOf(',');
    try {
      return comma < 0 ? Optional.empty() : Optional.of(Long.valueOf(state.substring(0, comma)));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }
}
