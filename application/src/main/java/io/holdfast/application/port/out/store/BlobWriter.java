package io.holdfast.application.port.out.store;

import java.io.OutputStream;

/**
 * Writes one blob. <strong>Only {@link #commit()} publishes</strong>; {@link #close()} without it
 * aborts and leaves nothing, so that a producer that fails never publishes a truncated blob. Used
 * by one thread at a time.
 */
public interface BlobWriter extends AutoCloseable {

  /** Where the blob's bytes go. Closing it flushes, and publishes nothing. */
  OutputStream body();

  /**
   * Publishes all that was written, durably and at once. Exclusive: of two writers of one key one
   * succeeds.
   *
   * @throws io.holdfast.application.port.failure.StorageFailure {@code ALREADY_EXISTS} when the key
   *     is taken, or any other kind when the store fails; then nothing is published
   */
  void commit();

  /** Releases what the writer holds, and drops what was not committed. May be called again. */
  @Override
  void close();
}
