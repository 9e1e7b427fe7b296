package io.holdfast.domain.history;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a run does; named like its command. */
public enum RunKind {
  BACKUP,
  VERIFY,
  RESTORE,
  COPY,
  PRUNE,
  DRILL;

  /** The command's name: {@code backup}. */
  public String command() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a command's name, or empty when no run is called so. */
  public static Optional<RunKind> ofCommand(String command) {
    return Arrays.stream(values()).filter(kind -> kind.command().equals(command)).findFirst();
  }
}
