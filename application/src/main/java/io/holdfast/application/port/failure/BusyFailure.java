package io.holdfast.application.port.failure;

/** Another run is at work where this one would be. */
public final class BusyFailure extends Failure {

  private static final long serialVersionUID = 1L;

  public BusyFailure(String message, String hint) {
    super(FailureKind.BUSY, message, hint, null);
  }

  public BusyFailure(String message, String hint, Throwable cause) {
    super(FailureKind.BUSY, message, hint, cause);
  }
}
