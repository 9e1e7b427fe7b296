package io.holdfast.application.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The bytes that the cases write, for tests that look at a place with other eyes. */
public final class WrittenBytes {

  private WrittenBytes() {}

  /** Writes so many. */
  public static void write(OutputStream to, long length) throws IOException {
    new PatternBytes(1, length).writeTo(to);
  }

  /** Where a stream differs from so many; minus one when nowhere. */
  public static long firstDifference(InputStream in, long length) throws IOException {
    return new PatternBytes(1, length).firstDifference(in);
  }
}
