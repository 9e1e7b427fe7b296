package io.holdfast.application.port.failure;

/** The operator or the system ended the run. */
public final class InterruptedFailure extends Failure {

  private static final long serialVersionUID = 1L;

  public InterruptedFailure(String message, String hint) {
    super(FailureKind.INTERRUPTED, message, hint, null);
  }
}
