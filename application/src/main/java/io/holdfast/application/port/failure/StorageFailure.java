package io.holdfast.application.port.failure;

/** A storage target failed. */
public final class StorageFailure extends Failure {

  private static final long serialVersionUID = 1L;

  public StorageFailure(FailureKind kind, String message, String hint) {
    super(kind, message, hint, null);
  }

  public StorageFailure(FailureKind kind, String message, String hint, Throwable cause) {
    super(kind, message, hint, cause);
  }
}
