package io.holdfast.application.port.failure;

/** A set is unknown, incomplete or damaged, or bytes are not what they must be. */
public final class IntegrityFailure extends Failure {

  private static final long serialVersionUID = 1L;

  public IntegrityFailure(String message, String hint) {
    super(FailureKind.INTEGRITY, message, hint, null);
  }

  public IntegrityFailure(String message, String hint, Throwable cause) {
    super(FailureKind.INTEGRITY, message, hint, cause);
  }
}
