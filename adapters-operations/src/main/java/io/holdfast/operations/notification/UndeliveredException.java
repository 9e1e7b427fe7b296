package io.holdfast.operations.notification;

/** A message was not taken. */
final class UndeliveredException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean passing;

  /**
   * @param reason whom it was for, and why it was not taken; tells no secret
   * @param passing true when another try may fare better
   */
  UndeliveredException(String reason, boolean passing) {
    super(reason);
    this.passing = passing;
  }

  boolean passing() {
    return passing;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
