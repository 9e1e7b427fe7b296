package io.holdfast.operations.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What is remembered between runs, since a journal forgets: the last success must be known after
 * any number of failures. Figures are rows; a row is of a kind ({@code artifact}) and has a name
 * ({@code database main/orders}), a time when it was last seen, and values.
 */
final class Figures {

  /** What was not seen for so long is gone from the configuration or the host. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(60);

  /** Each is a time series for ever in somebody's Prometheus. */
  private static final int MOST_ROWS_OF_A_KIND = 1000;

  private static final String SEEN = "seen";

  private final Properties values;

  Figures(Properties values) {
    this.values = values;
  }

  Properties values() {
    return values;
  }

  void set(String kind, String name, String value, double number) {
    values.setProperty(key(kind, name, value), Double.toString(number));
  }

  void add(String kind, String name, String value, double number) {
    set(kind, name, value, get(kind, name, value).orElse(0.0) + number);
  }

  Optional<Double> get(String kind, String name, String value) {
    return Optional.ofNullable(values.getProperty(key(kind, name, value))).flatMap(Figures::number);
  }

  void seen(String kind, String name, Instant at) {
    set(kind, name, SEEN, (double) at.getEpochSecond());
  }

  /** The names of a kind's rows, in order. */
  List<String> names(String kind) {
    String suffix = "\t" + SEEN;
    return values.stringPropertyNames().stream()
        .filter(key -> key.startsWith(kind + "\t") && key.endsWith(suffix))
        .map(key -> key.substring(kind.length() + 1, key.length() - suffix.length()))
        .sorted()
        .toList();
  }

  /** Drops what was not seen for long, and of too many rows those that were not seen longest. */
  void tidy(String kind, Instant now) {
    List<String> newestFirst =
        names(kind).stream()
            .sorted(Comparator.comparingDouble((String name) -> seenAt(kind, name)).reversed())
            .toList();
    double oldest = now.minus(FORGOTTEN_AFTER).getEpochSecond();
    for (int i = 0; i < newestFirst.size(); i++) {
      String name = newestFirst.get(i);
      if (i >= MOST_ROWS_OF_A_KIND || seenAt(kind, name) < oldest) {
        values.keySet().removeIf(key -> key.toString().startsWith(kind + "\t" + name + "\t"));
      }
    }
  }

  private double seenAt(String kind, String name) {
    return get(kind, name, SEEN).orElse(0.0);
  }

  /** Tabs part them: no name has one. */
  private static String key(String kind, String name, String value) {
    return kind + "\t" + name.replace('\t', ' ') + "\t" + value;
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.valueOf(text));
    } catch (NumberFormatException damaged) {
      return Optional.empty();
    }
  }
}
