package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.FailureKind;

/** The exit codes: what a script learns of how a command ended. */
final class ExitCode {

  static final int DONE = 0;
  static final int BUG = 1;
  static final int USAGE = 2;
  static final int PARTIAL = 3;
  static final int CONFIGURATION = 10;
  static final int SOURCE = 11;
  static final int STORAGE = 12;
  static final int INTEGRITY = 13;
  static final int BUSY = 14;
  static final int OBJECTIVE = 15;
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  /** The code of a failure. */
  static int of(FailureKind kind) {
    return switch (kind) {
      case USAGE -> USAGE;
      case CONFIGURATION -> CONFIGURATION;
      case SOURCE, SOURCE_UNREACHABLE -> SOURCE;
      case STORAGE, STORAGE_FULL, STORAGE_UNREACHABLE, NOT_FOUND, ALREADY_EXISTS -> STORAGE;
      case INTEGRITY -> INTEGRITY;
      case BUSY -> BUSY;
      case INTERRUPTED -> INTERRUPTED;
    };
  }
}
