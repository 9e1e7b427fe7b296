package io.holdfast.domain.backup;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * A backup set's id and its folder's name: the second it was begun, in UTC, as {@code
 * yyyyMMdd_HHmmss}. Ids order as their times do.
 *
 * @param begun the moment, whole seconds
 */
public record SetId(Instant begun) implements Comparable<SetId> {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  public SetId {
    begun = begun.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The id of a folder's name, or empty when the name is none. */
  public static Optional<SetId> parse(String text) {
    if (text.length() != "yyyyMMdd_HHmmss".length()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SetId(LocalDateTime.parse(text, FORMAT).toInstant(ZoneOffset.UTC)));
    } catch (DateTimeException notAnId) {
      return Optional.empty();
    }
  }

  /** The next free second's id, for when this one is taken. */
  public SetId next() {
    return new SetId(begun.plusSeconds(1));
  }

  @Override
  public int compareTo(SetId other) {
    return begun.compareTo(other.begun);
  }

  @Override
  public String toString() {
    return FORMAT.format(begun.atOffset(ZoneOffset.UTC));
  }
}
