package io.holdfast.application.port.out.source;

import io.holdfast.domain.backup.Encoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Compresses and decompresses one {@link Encoding}, streaming. Safe for use by several threads. */
public interface Codec {

  /** The encoding that it knows. */
  Encoding encoding();

  /** A stream that compresses into another. Closing it ends the format and closes the other. */
  OutputStream compress(OutputStream to) throws IOException;

  /** A stream of the plain bytes; reads concatenated members to the last. Fails on a cut stream. */
  InputStream decompress(InputStream from) throws IOException;
}
