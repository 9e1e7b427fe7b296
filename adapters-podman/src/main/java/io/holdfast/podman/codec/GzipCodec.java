package io.holdfast.podman.codec;

import io.holdfast.application.port.out.source.Codec;
import io.holdfast.domain.backup.Encoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Gzip at its fastest level, for which any number of streams share the processors: each block of a
 * stream is compressed by itself into a whole member, and members one after the other are one valid
 * file (RFC 1952, section 2.2).
 */
public final class GzipCodec implements Codec {

  private final int processors;
  private final ExecutorService workers;

  /** A codec that keeps so many processors busy. */
  public GzipCodec(int processors) {
    AtomicInteger number = new AtomicInteger();
    this.processors = processors;
    this.workers =
        Executors.newFixedThreadPool(
            processors,
            work -> {
              Thread thread = new Thread(work, "gzip-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public Encoding encoding() {
    return Encoding.GZIP;
  }

  @Override
  public OutputStream compress(OutputStream to) {
    return new GzipMembersOutputStream(to, workers, processors + 1);
  }

  /** The JDK's own stream takes a cut header of a further member for the end; this one does not. */
  @Override
  public InputStream decompress(InputStream from) throws IOException {
    return GzipCompressorInputStream.builder()
        .setInputStream(from)
        .setBufferSize(64 * 1024)
        .setDecompressConcatenated(true)
        .get();
  }
}
