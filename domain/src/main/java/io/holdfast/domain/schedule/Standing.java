package io.holdfast.domain.schedule;

import java.time.Instant;

/**
 * How far an entry has been served.
 *
 * @param expression of the entry that it is about
 * @param upTo no time up to this moment is still owed
 * @param state whether the last run came to its end
 */
public record Standing(String expression, Instant upTo, State state) {

  /** Whether the last run came to its end. */
  public enum State {
    /** It did, well or not, or there was none yet. */
    SERVED,
    /** It has begun; whoever finds it so afterwards knows that it was cut off. */
    BEGUN,
    /** The same of a run that was itself the repetition of one that was cut off. */
    REPEATED
  }
}
