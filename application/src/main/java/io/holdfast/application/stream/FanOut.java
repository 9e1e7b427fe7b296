package io.holdfast.application.stream;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** One file of a set, written to every target of a run at once. */
final class FanOut implements AutoCloseable {

  private final String path;
  private final List<Branch> branches = new ArrayList<>();

  /** Begins the file on every target that is still in the run. */
  FanOut(String path, List<TargetRun> targets) throws IOException {
    this.path = path;
    for (TargetRun target : targets) {
      if (target.isAlive()) {
        begin(target);
      }
    }
    requireBranch();
  }

  /** Where the bytes go. Closing it publishes nothing. */
  OutputStream body() {
    return new Body();
  }

  /** Publishes the file on every target that took all of it. */
  void commit() throws IOException {
    for (Branch branch : List.copyOf(branches)) {
      attempt(
          branch,
          () -> {
            branch.writer.body().close();
            branch.writer.commit();
          });
    }
    requireBranch();
  }

  /** Drops what was not published. A target that cannot do so is taken out of the run. */
  @Override
  public void close() {
    branches.forEach(FanOut::close);
  }

  private static void close(Branch branch) {
    try {
      branch.writer.close();
    } catch (StorageFailure failure) {
      branch.target.fail(failure);
    }
  }

  private void begin(TargetRun target) {
    try {
      branches.add(new Branch(target, target.draft().create(path)));
    } catch (StorageFailure failure) {
      target.fail(failure);
    }
  }

  private void write(byte[] bytes, int offset, int length) throws IOException {
    for (Branch branch : List.copyOf(branches)) {
      attempt(branch, () -> branch.writer.body().write(bytes, offset, length));
    }
    requireBranch();
  }

  /** A target that fails here or failed in another file is dropped with what it has of this one. */
  private void attempt(Branch branch, Step step) {
    try {
      if (branch.target.isAlive()) {
        step.run();
        return;
      }
    } catch (StorageFailure failure) {
      branch.target.fail(failure);
    } catch (IOException e) {
      branch.target.fail(failureOf(branch, e));
    }
    branches.remove(branch);
    close(branch);
  }

  private StorageFailure failureOf(Branch branch, IOException e) {
    return new StorageFailure(
        FailureKind.STORAGE,
        "Cannot write "
            + path
            + " to target "
            + branch.target.target().name()
            + " ("
            + branch.target.target().store().location()
            + "): "
            + e.getMessage(),
        "See holdfast check.",
        e);
  }

  private void requireBranch() throws IOException {
    if (branches.isEmpty()) {
      throw new AllTargetsFailedException();
    }
  }

  /** Something that a target may fail at. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /** A target and its writer of this file. */
  private record Branch(TargetRun target, BlobWriter writer) {}

  /** The file's bytes, for all targets. */
  private final class Body extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      FanOut.this.write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      FanOut.this.write(bytes, offset, length);
    }
  }
}
