package io.holdfast.domain.checksum;

/** A line of a checksum file that is not in the format of GNU coreutils. */
public final class MalformedChecksumsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;

  MalformedChecksumsException(int line, String problem) {
    super("line " + line + ": " + problem);
    this.line = line;
  }

  /** The line's number, from one. */
  public int line() {
    return line;
  }
}
