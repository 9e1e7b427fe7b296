package io.holdfast.storage.s3;

import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Takes a blob's bytes and sends them on in parts; keeps a blob of less than a part whole. Once
 * something has failed, everything fails with it, the commit too.
 */
final class S3Body extends OutputStream {

  private final S3Connection connection;
  private final Publisher publisher;
  private final Executor threads;
  private final SlabPool slabs;
  private final PartPlan plan;
  private final BlobKey key;
  private final String mark;

  private Payload part;
  private long bytes;
  private @Nullable Assembly assembly;
  private @Nullable RuntimeException failure;
  private boolean closed;

  S3Body(
      S3Connection connection,
      Publisher publisher,
      Executor threads,
      SlabPool slabs,
      PartPlan plan,
      BlobKey key,
      String mark) {
    this.connection = connection;
    this.publisher = publisher;
    this.threads = threads;
    this.slabs = slabs;
    this.plan = plan;
    this.key = key;
    this.mark = mark;
    this.part = new Payload(slabs);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, from.length);
    throwFailure();
    if (closed) {
      throw new IOException("The body of " + key + " is closed");
    }
    int at = offset;
    int left = length;
    while (left > 0) {
      int taken = take(from, at, left);
      at += taken;
      left -= taken;
      bytes += taken;
    }
  }

  @Override
  public void flush() throws IOException {
    throwFailure();
    if (closed) {
      throw new IOException("The body of " + key + " is closed");
    }
    // A part of an upload has a least size: what is gathered waits for more.
  }

  @Override
  public void close() {
    closed = true;
    throwFailure();
  }

  /** Publishes all that came. */
  void publish() {
    throwFailure();
    if (Thread.currentThread().isInterrupted()) {
      throw fail(connection.failures().interrupted(doing(), new InterruptedException()));
    }
    try {
      if (assembly == null) {
        publisher.publish(key, mark, part.seal());
      } else {
        if (part.size() > 0) {
          ship();
        }
        publisher.publish(key, mark, assembly.finish(), bytes);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (RuntimeException e) {
      throw fail(e);
    }
  }

  /** Takes no more bytes, and drops those that are here or on their way. */
  void abandon() {
    closed = true;
    part.release();
    Optional<Assembly> sent = Optional.ofNullable(assembly);
    assembly = null;
    sent.ifPresent(Assembly::abort);
  }

  /** Gives back the memory of what was published. */
  void release() {
    part.release();
  }

  private int take(byte[] from, int offset, int length) {
    try {
      boolean enough = part.size() >= SettingsReader.LEAST_PART && slabs.isDry();
      if (part.size() == plan.partBytes() || enough) {
        ship();
      }
      return part.add(from, offset, length, plan.partBytes());
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (RuntimeException e) {
      throw fail(e);
    }
  }

  private void ship() throws InterruptedException {
    Assembly to = assembly;
    if (to == null) {
      publisher.traits().learn();
      String object = connection.settings().location().objectOf(key);
      to = Assembly.begin(connection, threads, plan, doing(), object, mark);
      assembly = to;
    }
    Payload full = part;
    part = new Payload(slabs);
    to.add(full);
  }

  private StorageFailure interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    StorageFailure interrupted = connection.failures().interrupted(doing(), e);
    failure = interrupted;
    return interrupted;
  }

  private RuntimeException fail(RuntimeException e) {
    failure = e;
    return e;
  }

  private String doing() {
    return "write " + key + " to";
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }
}
