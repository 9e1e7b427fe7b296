package io.holdfast.application.stream;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.IOException;

/**
 * One file of a set, as it is written to one target. Whatever fails is a {@link StorageFailure}.
 */
final class TargetFile implements AutoCloseable {

  private final String path;
  private final TargetRun target;
  private final BlobWriter writer;

  /**
   * Begins it.
   *
   * @throws StorageFailure when the target does not take it
   */
  TargetFile(String path, TargetRun target) {
    this.path = path;
    this.target = target;
    this.writer = target.draft().create(path);
  }

  void write(byte[] bytes, int offset, int length) {
    try {
      writer.body().write(bytes, offset, length);
    } catch (IOException e) {
      throw failureOf(e);
    }
  }

  /** Publishes all that was written. */
  void commit() {
    try {
      writer.body().close();
    } catch (IOException e) {
      throw failureOf(e);
    }
    writer.commit();
  }

  /** Drops what was not published. A target that cannot do so is taken out of the run. */
  @Override
  public void close() {
    try {
      writer.close();
    } catch (StorageFailure failure) {
      target.fail(failure);
    }
  }

  private StorageFailure failureOf(IOException e) {
    return new StorageFailure(
        FailureKind.STORAGE,
        "Cannot write "
            + path
            + " to target "
            + target.target().name()
            + " ("
            + target.target().store().location()
            + "): "
            + e.getMessage(),
        "See holdfast check.",
        e);
  }
}
