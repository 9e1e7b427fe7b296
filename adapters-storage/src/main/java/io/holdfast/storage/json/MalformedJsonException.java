package io.holdfast.storage.json;

/** Bytes that are no JSON object; the message completes "... cannot be read: ". */
public final class MalformedJsonException extends Exception {

  private static final long serialVersionUID = 1L;

  public MalformedJsonException(String problem) {
    super(problem);
  }

  /** What is wrong. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
