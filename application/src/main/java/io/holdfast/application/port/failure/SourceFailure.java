package io.holdfast.application.port.failure;

/** A database or Podman failed, or what was asked for is not there. */
public final class SourceFailure extends Failure {

  private static final long serialVersionUID = 1L;

  public SourceFailure(FailureKind kind, String message, String hint) {
    super(kind, message, hint, null);
  }

  public SourceFailure(FailureKind kind, String message, String hint, Throwable cause) {
    super(kind, message, hint, cause);
  }
}
