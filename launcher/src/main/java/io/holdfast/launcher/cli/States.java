package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ListedSet.State;
import io.holdfast.domain.backup.SetStatus;
import java.util.Optional;

/** How the states of sets are shown to people. */
final class States {

  private States() {}

  static Style styleOf(State state) {
    return switch (state) {
      case COMPLETE -> Style.GOOD;
      case HANDMADE -> Style.PLAIN;
      case PARTIAL -> Style.DOUBTFUL;
      case INCOMPLETE, UNREADABLE -> Style.BAD;
    };
  }

  static Style styleOf(SetStatus status) {
    return switch (status) {
      case COMPLETE -> Style.GOOD;
      case PARTIAL -> Style.DOUBTFUL;
    };
  }

  /** What a state means, where its name does not say it all. */
  static Optional<String> remarkOn(State state) {
    return switch (state) {
      case COMPLETE, PARTIAL, UNREADABLE -> Optional.empty();
      case HANDMADE -> Optional.of("made by hand, no manifest");
      case INCOMPLETE -> Optional.of("not published; nothing restores from it");
    };
  }
}
