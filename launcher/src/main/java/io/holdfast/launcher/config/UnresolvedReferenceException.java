package io.holdfast.launcher.config;

/** A reference whose value is not to be had. */
final class UnresolvedReferenceException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  UnresolvedReferenceException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** Why, for an operator; never carries a secret. */
  String reason() {
    return reason;
  }
}
