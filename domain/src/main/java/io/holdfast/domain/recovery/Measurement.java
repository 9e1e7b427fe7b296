package io.holdfast.domain.recovery;

import io.holdfast.domain.backup.SetId;
import java.time.Duration;
import java.time.Instant;

/**
 * A restore that somebody has waited for, or that a drill has timed.
 *
 * @param at when it began
 * @param source what it was
 * @param set of which set
 * @param took how long verification and restore took
 * @param bytes the stored bytes that came back; more than none
 */
public record Measurement(Instant at, Source source, SetId set, Duration took, long bytes) {

  /** What a restore was done for. */
  public enum Source {
    /** To prove that it can be done. */
    DRILL,
    /** Because it was needed. */
    RESTORE
  }

  /**
   * How long so many bytes would have taken at the same pace. Less is never taken for faster:
   * servers have to start for a small set too.
   */
  Duration scaledTo(long otherBytes) {
    return otherBytes <= bytes
        ? took
        : Duration.ofMillis(Math.round((double) took.toMillis() * otherBytes / bytes));
  }

  double bytesPerSecond() {
    return bytes * 1000.0 / Math.max(1, took.toMillis());
  }
}
