package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ReportRecovery.PastState;

/** What became of sets, in words and signs: never by colour alone. */
final class PastStates {

  private PastStates() {}

  /** {@code complete}. */
  static String word(PastState state) {
    return switch (state) {
      case COMPLETE -> "complete";
      case SUSPECT -> "suspect";
      case PARTIAL -> "partial";
      case DAMAGED -> "damaged";
      case HANDMADE -> "made by hand";
      case INCOMPLETE -> "unfinished";
      case DELETED -> "deleted since";
    };
  }

  static String meaning(PastState state) {
    return switch (state) {
      case COMPLETE -> "all is there that was asked for";
      case SUSPECT -> "complete, but something in it is unusually small";
      case PARTIAL -> "something is missing that was asked for";
      case DAMAGED -> "a verification has found it damaged, or it cannot be read";
      case HANDMADE -> "made without Holdfast";
      case INCOMPLETE -> "a run was ended before it was finished, or is at work";
      case DELETED -> "it was made, and retention has deleted it since";
    };
  }

  static String sign(PastState state) {
    return switch (state) {
      case COMPLETE -> "✓";
      case SUSPECT -> "?";
      case PARTIAL -> "½";
      case DAMAGED -> "✗";
      case HANDMADE -> "h";
      case INCOMPLETE -> "…";
      case DELETED -> "−";
    };
  }

  /** The name of its style. */
  static String style(PastState state) {
    return switch (state) {
      case COMPLETE, HANDMADE -> "good";
      case SUSPECT, PARTIAL -> "doubt";
      case DAMAGED -> "bad";
      case INCOMPLETE, DELETED -> "gone";
    };
  }
}
