package io.holdfast.application.port.failure;

/** The configuration, or what it refers to, is wrong. */
public final class ConfigurationFailure extends Failure {

  private static final long serialVersionUID = 1L;

  public ConfigurationFailure(String message, String hint) {
    super(FailureKind.CONFIGURATION, message, hint, null);
  }

  public ConfigurationFailure(String message, String hint, Throwable cause) {
    super(FailureKind.CONFIGURATION, message, hint, cause);
  }
}
