package io.holdfast.application.port.out.store;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A blob store for tests, in memory. Its clock is a count of commits, unless it is given one. */
public final class InMemoryBlobStore implements BlobStore {

  private final Map<BlobKey, Blob> blobs = new ConcurrentSkipListMap<>();
  private final Set<Writer> writers = ConcurrentHashMap.newKeySet();
  private final AtomicLong commits = new AtomicLong();
  private final Supplier<Instant> clock;
  private final boolean stopsWriters;

  /** One whose clock counts commits as seconds. */
  public InMemoryBlobStore() {
    this.clock = () -> Instant.ofEpochSecond(commits.incrementAndGet());
    this.stopsWriters = true;
  }

  /** One with a clock, which need not be that of any host. */
  public InMemoryBlobStore(Clock clock) {
    this(clock, true);
  }

  /**
   * One with a clock.
   *
   * @param stopsWriters false for one whose commit is a single request, as of an object store
   */
  public InMemoryBlobStore(Clock clock, boolean stopsWriters) {
    this.clock = clock::instant;
    this.stopsWriters = stopsWriters;
  }

  @Override
  public BlobWriter create(BlobKey key) {
    Writer writer = new Writer(key);
    writers.add(writer);
    return writer;
  }

  @Override
  public InputStream open(BlobKey key) {
    return new ByteArrayInputStream(require(key).bytes());
  }

  @Override
  public BlobInfo stat(BlobKey key) {
    return require(key).info(key);
  }

  @Override
  public void list(String prefix, BlobVisitor visitor) {
    blobs.forEach(
        (key, blob) -> {
          if (key.value().startsWith(prefix)) {
            visitor.visit(blob.info(key));
          }
        });
  }

  @Override
  public void delete(BlobKey key) {
    blobs.remove(key);
  }

  @Override
  public void clearAbandoned() {
    writers.clear();
  }

  @Override
  public boolean clearingStopsWriters() {
    return stopsWriters;
  }

  @Override
  public Optional<Path> localFile(BlobKey key) {
    return Optional.empty();
  }

  @Override
  public OptionalLong freeBytes() {
    return OptionalLong.empty();
  }

  @Override
  public List<String> features() {
    return List.of("forgets when the process ends");
  }

  @Override
  public String location() {
    return "memory";
  }

  @Override
  public void close() {
    // Others may look at the same memory.
  }

  /** The keys of all blobs and, in brackets, of what is being written. */
  public Set<String> contents() {
    Set<String> names = new TreeSet<>();
    blobs.keySet().forEach(key -> names.add(key.value()));
    writers.forEach(writer -> names.add("(" + writer.key + ")"));
    return names;
  }

  /** Puts a blob there as damage would: without a writer, over what is there. */
  public void overwrite(BlobKey key, byte[] bytes) {
    blobs.put(key, new Blob(bytes.clone(), clock.get()));
  }

  private Blob require(BlobKey key) {
    Blob blob = blobs.get(key);
    if (blob == null) {
      throw new StorageFailure(FailureKind.NOT_FOUND, "There is no " + key + " in memory", "");
    }
    return blob;
  }

  /** What was committed. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Blob(byte[] bytes, Instant modified) {
    BlobInfo info(BlobKey key) {
      return new BlobInfo(key, bytes.length, modified);
    }
  }

  private final class Writer implements BlobWriter {
    private final BlobKey key;
    private final Body body = new Body();
    private boolean done;

    private Writer(BlobKey key) {
      this.key = key;
    }

    @Override
    public OutputStream body() {
      return body;
    }

    @Override
    public void commit() {
      if (done) {
        throw new IllegalStateException("a writer commits once, before it is closed");
      }
      if (stopsWriters && !writers.contains(this)) {
        throw new StorageFailure(
            FailureKind.STORAGE, "What was written of " + key + " was cleared away", "");
      }
      Blob blob = new Blob(body.bytes.toByteArray(), clock.get());
      if (blobs.putIfAbsent(key, blob) != null) {
        throw new StorageFailure(
            FailureKind.ALREADY_EXISTS, "There is a " + key + " in memory already", "");
      }
      close();
    }

    @Override
    public void close() {
      done = true;
      body.closed = true;
      writers.remove(this);
    }
  }

  private static final class Body extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean closed;

    @Override
    public void write(int b) throws IOException {
      requireOpen();
      bytes.write(b);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      requireOpen();
      bytes.write(from, offset, length);
    }

    @Override
    public void close() {
      closed = true;
    }

    private void requireOpen() throws IOException {
      if (closed) {
        throw new IOException("the body is closed");
      }
    }
  }
}
