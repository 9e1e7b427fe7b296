package io.holdfast.podman.codec;

import io.holdfast.application.port.out.source.Codec;
import io.holdfast.domain.backup.Encoding;
import java.io.InputStream;
import java.io.OutputStream;

/** No compression. */
public final class PlainCodec implements Codec {

  @Override
  public Encoding encoding() {
    return Encoding.NONE;
  }

  @Override
  public OutputStream compress(OutputStream to) {
    return to;
  }

  @Override
  public InputStream decompress(InputStream from) {
    return from;
  }
}
