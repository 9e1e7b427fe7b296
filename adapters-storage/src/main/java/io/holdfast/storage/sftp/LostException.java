package io.holdfast.storage.sftp;

import java.io.IOException;

/** The server has not answered, or the connection is gone: nobody knows what was done. */
final class LostException extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean interrupted;

  private LostException(String message, Throwable cause, boolean interrupted) {
    super(message, cause);
    this.interrupted = interrupted;
  }

  static LostException because(Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    String said = deepest.getMessage();
    String reason = said == null ? deepest.getClass().getSimpleName() : said;
    return new LostException(reason, cause, false);
  }

  static LostException silent(String message) {
    return new LostException(message, new IOException(message), false);
  }

  /** The thread was interrupted, and the server did not answer soon after. */
  static LostException interrupted(Exception cause) {
    return new LostException("interrupted while the server did not answer", cause, true);
  }

  boolean isInterrupted() {
    return interrupted;
  }
}
