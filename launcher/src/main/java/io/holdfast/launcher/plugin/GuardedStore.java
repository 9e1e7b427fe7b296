package io.holdfast.launcher.plugin;

import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobVisitor;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A plugin's store behind a {@link Guard}. */
final class GuardedStore implements BlobStore {

  private final BlobStore store;
  private final Guard guard;

  GuardedStore(BlobStore store, Guard guard) {
    this.store = store;
    this.guard = guard;
  }

  @Override
  public BlobWriter create(BlobKey key) {
    String what = "writing " + key;
    return new GuardedWriter(guard.atWork(what, () -> store.create(key)), guard, what);
  }

  @Override
  public InputStream open(BlobKey key) {
    String what = "reading " + key;
    return new GuardedInput(guard.atWork(what, () -> store.open(key)), guard, what);
  }

  @Override
  public BlobInfo stat(BlobKey key) {
    return guard.atWork("a look at " + key, () -> store.stat(key));
  }

  @Override
  public void list(String prefix, BlobVisitor visitor) {
    WatchedVisitor watched = new WatchedVisitor(visitor);
    guard.doing(
        "a listing",
        () -> {
          try {
            store.list(prefix, watched);
          } catch (RuntimeException | Error thrown) {
            if (watched.thrown == null) {
              throw thrown;
            }
          }
        });
    watched.rethrow();
  }

  @Override
  public void delete(BlobKey key) {
    guard.doing("deleting " + key, () -> store.delete(key));
  }

  @Override
  public void clearAbandoned() {
    guard.doing("clearing", store::clearAbandoned);
  }

  @Override
  public boolean clearingStopsWriters() {
    return guard.atWork("telling what clearing stops", store::clearingStopsWriters);
  }

  @Override
  public Optional<Path> localFile(BlobKey key) {
    return guard.atWork("a look at " + key, () -> store.localFile(key));
  }

  @Override
  public OptionalLong freeBytes() {
    return guard.atWork("a look at its free space", store::freeBytes);
  }

  @Override
  public List<String> features() {
    return guard.atWork("a look at its features", store::features);
  }

  @Override
  public String location() {
    return guard.atWork("telling its place", store::location);
  }

  @Override
  public void close() {
    guard.doing("its end", store::close);
  }

  @Override
  public String toString() {
    return guard.atWork("telling its name", store::toString);
  }

  /** Remembers what the visitor threw: that is not the plugin's doing. */
  private static final class WatchedVisitor implements BlobVisitor {

    private final BlobVisitor visitor;
    private @Nullable Throwable thrown;

    WatchedVisitor(BlobVisitor visitor) {
      this.visitor = visitor;
    }

    @Override
    public void visit(BlobInfo blob) {
      try {
        visitor.visit(blob);
      } catch (RuntimeException | Error e) {
        thrown = e;
        throw e;
      }
    }

    void rethrow() {
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
      if (thrown instanceof Error error) {
        throw error;
      }
    }
  }
}
