package io.holdfast.launcher.plugin;

import io.holdfast.application.port.out.store.BlobWriter;
import java.io.OutputStream;

/** A plugin's writer behind a {@link Guard}. */
final class GuardedWriter implements BlobWriter {

  private final BlobWriter writer;
  private final Guard guard;
  private final String what;
  private boolean ended;

  GuardedWriter(BlobWriter writer, Guard guard, String what) {
    this.writer = writer;
    this.guard = guard;
    this.what = what;
  }

  @Override
  public OutputStream body() {
    return new GuardedOutput(guard.atWork(what, writer::body), guard, what);
  }

  /** Its refusal of a second commit is the caller's fault, and comes through. */
  @Override
  public void commit() {
    if (ended) {
      writer.commit();
      return;
    }
    guard.doing(what, writer::commit);
    ended = true;
  }

  @Override
  public void close() {
    ended = true;
    guard.doing(what, writer::close);
  }

  @Override
  public String toString() {
    return guard.atWork(what, writer::toString);
  }
}
