package io.holdfast.application.testing;

import io.holdfast.application.port.out.source.Codec;
import io.holdfast.domain.backup.Encoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/** A codec for every encoding, of the JDK's alone: zlib stands in for zstd. */
public final class JdkCodecs {

  private JdkCodecs() {}

  /** One for each encoding. */
  public static List<Codec> all() {
    return List.of(
        new Plugged(Encoding.NONE, to -> to, from -> from),
        new Plugged(Encoding.GZIP, GZIPOutputStream::new, GZIPInputStream::new),
        new Plugged(Encoding.ZSTD, DeflaterOutputStream::new, InflaterInputStream::new));
  }

  /** Wraps a stream. */
  private interface Wrap<S> {
    S around(S stream) throws IOException;
  }

  private record Plugged(Encoding encoding, Wrap<OutputStream> out, Wrap<InputStream> in)
      implements Codec {
    @Override
    public OutputStream compress(OutputStream to) throws IOException {
      return out.around(to);
    }

    @Override
    public InputStream decompress(InputStream from) throws IOException {
      return in.around(from);
    }
  }
}
