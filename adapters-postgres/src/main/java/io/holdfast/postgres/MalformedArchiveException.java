package io.holdfast.postgres;

/** Bytes are no dump in PostgreSQL's custom format, or not a whole one. */
final class MalformedArchiveException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedArchiveException(String message) {
    super(message);
  }
}
