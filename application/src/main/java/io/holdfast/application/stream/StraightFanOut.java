package io.holdfast.application.stream;

import io.holdfast.application.port.failure.StorageFailure;
import java.io.IOException;
import java.io.OutputStream;

/** A file that goes to one target alone: no copy, no thread. */
final class StraightFanOut implements FanOut {

  private final TargetRun target;
  private final TargetFile file;

  StraightFanOut(String path, TargetRun target) throws IOException {
    this.target = target;
    try {
      this.file = new TargetFile(path, target);
    } catch (StorageFailure failure) {
      target.fail(failure);
      throw new AllTargetsFailedException();
    }
  }

  @Override
  public OutputStream body() {
    return new Body();
  }

  @Override
  public void commit() throws IOException {
    attempt(file::commit);
  }

  @Override
  public void close() {
    file.close();
  }

  private void attempt(Runnable step) throws IOException {
    try {
      if (target.isAlive()) {
        step.run();
        return;
      }
    } catch (StorageFailure failure) {
      target.fail(failure);
    }
    throw new AllTargetsFailedException();
  }

  /** The file's bytes. */
  private final class Body extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      attempt(() -> file.write(bytes, offset, length));
    }
  }
}
