package io.holdfast.application.port.failure;

/** The command was given wrongly. */
public final class UsageFailure extends Failure {

  private static final long serialVersionUID = 1L;

  public UsageFailure(String message, String hint) {
    super(FailureKind.USAGE, message, hint, null);
  }
}
