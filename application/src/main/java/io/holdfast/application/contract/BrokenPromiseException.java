package io.holdfast.application.contract;

import org.jspecify.annotations.Nullable;

/** A store did not do what every store promises: says what that is, and what was seen instead. */
public final class BrokenPromiseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String promise;
  private final String seen;

  BrokenPromiseException(String promise, String seen, @Nullable Throwable cause) {
    super("promised: " + promise + "; seen: " + seen, cause);
    this.promise = promise;
    this.seen = seen;
  }

  /** What every store promises. */
  public String promise() {
    return promise;
  }

  /** What was seen instead. */
  public String seen() {
    return seen;
  }
}
