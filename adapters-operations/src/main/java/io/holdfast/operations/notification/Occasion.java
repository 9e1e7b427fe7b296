package io.holdfast.operations.notification;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody may want to be told of. */
public enum Occasion {
  /** A run failed. */
  FAILURE,
  /** A run did a part of its work, or what it did is suspect. */
  PARTIAL,
  /** A run succeeded, and the one before it had not. */
  RECOVERY,
  /** An objective is missed, or all are met again. */
  OBJECTIVE;

  /** As it is written in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The occasion of a word, or empty when it is none. */
  public static Optional<Occasion> ofWord(String word) {
    return Arrays.stream(values()).filter(occasion -> occasion.word().equals(word)).findFirst();
  }

  /** All words. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Occasion::word).toList();
  }
}
