package io.holdfast.podman.codec;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import com.github.luben.zstd.util.Native;
import io.holdfast.application.port.out.source.Codec;
import io.holdfast.domain.backup.Encoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Zstandard at its default level, with its content checksum, compressed by several threads. */
public final class ZstdCodec implements Codec {

  private static final int LEVEL = 3;

  static {
    NativeLibrary.load(
        folder -> {
          Native.load(folder);
          return Optional.of(folder);
        });
  }

  private final int workers;

  /** A codec that compresses each stream by so many threads. */
  public ZstdCodec(int processors) {
    this.workers = processors > 1 ? processors : 0;
  }

  @Override
  public Encoding encoding() {
    return Encoding.ZSTD;
  }

  @Override
  public OutputStream compress(OutputStream to) throws IOException {
    return new ZstdOutputStream(to, LEVEL).setChecksum(true).setWorkers(workers);
  }

  @Override
  public InputStream decompress(InputStream from) throws IOException {
    return new ZstdInputStream(from);
  }
}
