package io.holdfast.domain.history;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A run's name on its host, which is a plain file name too: when it began (UTC), what it does, and
 * its process, as {@code 20261122_142547-backup-4711}. Names order as times do.
 *
 * @param value the name
 */
public record RunId(String value) implements Comparable<RunId> {

  private static final Pattern FORM = Pattern.compile("\\d{8}_\\d{6}-[a-z]+-\\d{1,10}");

  /**
   * @throws IllegalArgumentException when the name has another form
   */
  public RunId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a run's name: " + value);
    }
  }

  /** The run of a name, or empty when the name is none. */
  public static Optional<RunId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new RunId(text)) : Optional.empty();
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
