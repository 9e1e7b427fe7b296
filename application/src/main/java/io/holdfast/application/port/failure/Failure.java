package io.holdfast.application.port.failure;

import org.jspecify.annotations.Nullable;

/**
 * Anything that stops Holdfast from doing what it was asked, told to an operator: the message says
 * what failed and why, the hint what to do about it. Neither ever carries a secret.
 */
public abstract sealed class Failure extends RuntimeException
    permits UsageFailure,
        ConfigurationFailure,
        SourceFailure,
        StorageFailure,
        IntegrityFailure,
        BusyFailure,
        InterruptedFailure {

  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final String hint;

  Failure(FailureKind kind, String message, String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.hint = hint;
  }

  /** What sort of failure it is. */
  public FailureKind kind() {
    return kind;
  }

  /** What the operator can do about it; empty when the message says all. */
  public String hint() {
    return hint;
  }

  /** What failed and why. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
