package io.holdfast.application.port.out.store;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A blob store that fails when a test wants it to, and counts what is done to it. Every fault is a
 * {@link StorageFailure} that says {@code "injected"}.
 */
public final class FaultyBlobStore extends ForwardingBlobStore {

  /** What can fail. */
  public enum Operation {
    CREATE,
    /** Writing into the Nth blob that is created. */
    WRITE,
    COMMIT,
    /** Commits, and then says that it failed, as a lost answer does. */
    COMMIT_ANSWER,
    OPEN,
    /** Reading from the Nth blob that is opened. */
    READ,
    STAT,
    LIST,
    DELETE
  }

  /**
   * When to fail.
   *
   * @param operation what
   * @param nth the first time that fails, counted from one
   * @param after how many bytes of it still pass, or for {@link Operation#LIST} how many blobs
   * @param forever true to fail every later time too
   * @param kind how to fail
   */
  public record Fault(
      Operation operation, long nth, long after, boolean forever, FailureKind kind) {

    /** The Nth time alone, at its beginning, for good. */
    public static Fault once(Operation operation, long nth) {
      return new Fault(operation, nth, 0, false, FailureKind.STORAGE);
    }

    /** From the Nth time on, as when a target goes away. */
    public static Fault from(Operation operation, long nth) {
      return new Fault(operation, nth, 0, true, FailureKind.STORAGE_UNREACHABLE);
    }

    /** The same, after so many bytes or blobs. */
    public Fault after(long passed) {
      return new Fault(operation, nth, passed, forever, kind);
    }

    /** The same, of another kind. */
    public Fault as(FailureKind other) {
      return new Fault(operation, nth, after, forever, other);
    }

    private boolean hits(Operation done, long count) {
      return done == operation && (forever ? count >= nth : count == nth);
    }
  }

  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final Map<Operation, Long> counts = new EnumMap<>(Operation.class);

  public FaultyBlobStore(BlobStore inner, Fault... faults) {
    super(inner);
    this.faults.addAll(List.of(faults));
  }

  /** Fails in one more way. */
  public void inject(Fault fault) {
    faults.add(fault);
  }

  /** Fails no more. */
  public void heal() {
    faults.clear();
  }

  /** How often something was done. {@code WRITE} and {@code READ} count blobs, not calls. */
  public long count(Operation operation) {
    synchronized (counts) {
      return counts.getOrDefault(operation, 0L);
    }
  }

  @Override
  public BlobWriter create(BlobKey key) {
    failNow(done(Operation.CREATE), "create " + key);
    Optional<Fault> onWrite = done(Operation.WRITE);
    return new Writer(super.create(key), key, onWrite);
  }

  @Override
  public InputStream open(BlobKey key) {
    failNow(done(Operation.OPEN), "open " + key);
    Optional<Fault> onRead = done(Operation.READ);
    InputStream stream = super.open(key);
    return onRead.isEmpty() ? stream : new FailingInput(stream, onRead.get());
  }

  @Override
  public BlobInfo stat(BlobKey key) {
    failNow(done(Operation.STAT), "stat " + key);
    return super.stat(key);
  }

  @Override
  public void list(String prefix, BlobVisitor visitor) {
    Optional<Fault> fault = done(Operation.LIST);
    long[] shown = {0};
    super.list(
        prefix,
        blob -> {
          failNow(fault.filter(f -> shown[0] >= f.after()), "list " + prefix);
          shown[0]++;
          visitor.visit(blob);
        });
    failNow(fault, "list " + prefix);
  }

  @Override
  public void delete(BlobKey key) {
    failNow(done(Operation.DELETE), "delete " + key);
    super.delete(key);
  }

  private Optional<Fault> done(Operation operation) {
    long count;
    synchronized (counts) {
      count = counts.merge(operation, 1L, Long::sum);
    }
    return faults.stream().filter(fault -> fault.hits(operation, count)).findFirst();
  }

  private static void failNow(Optional<Fault> fault, String what) {
    if (fault.isPresent()) {
      throw failure(fault.get(), what);
    }
  }

  private static StorageFailure failure(Fault fault, String what) {
    return new StorageFailure(fault.kind(), "injected: cannot " + what, "");
  }

  private final class Writer implements BlobWriter {
    private final BlobWriter writer;
    private final BlobKey key;
    private final OutputStream body;

    private Writer(BlobWriter writer, BlobKey key, Optional<Fault> onWrite) {
      this.writer = writer;
      this.key = key;
      this.body =
          onWrite.isEmpty() ? writer.body() : new FailingOutput(writer.body(), onWrite.get());
    }

    @Override
    public OutputStream body() {
      return body;
    }

    @Override
    public void commit() {
      failNow(done(Operation.COMMIT), "commit " + key);
      writer.commit();
      failNow(done(Operation.COMMIT_ANSWER), "hear that was committed " + key);
    }

    @Override
    public void close() {
      writer.close();
    }
  }

  private static final class FailingOutput extends FilterOutputStream {
    private final Fault fault;
    private long left;

    private FailingOutput(OutputStream to, Fault fault) {
      super(to);
      this.fault = fault;
      this.left = fault.after();
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int passing = (int) Math.min(left, length);
      out.write(bytes, offset, passing);
      left -= passing;
      if (passing < length) {
        throw failure(fault, "write");
      }
    }
  }

  private static final class FailingInput extends FilterInputStream {
    private final Fault fault;
    private long left;

    private FailingInput(InputStream from, Fault fault) {
      super(from);
      this.fault = fault;
      this.left = fault.after();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0 && length > 0) {
        throw failure(fault, "read");
      }
      int read = in.read(into, offset, (int) Math.min(left, length));
      left -= Math.max(read, 0);
      return read;
    }
  }
}
