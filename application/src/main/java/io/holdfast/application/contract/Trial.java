package io.holdfast.application.contract;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of one case: the store, and the words for what is looked for in it. */
final class Trial implements AutoCloseable {

  /** Tells the bytes of one blob from those of another. */
  private static final long SEED = 1;

  private final String promise;
  private final Bench bench;
  private final List<BlobStore> opened = new ArrayList<>();
  private final BlobStore store;

  Trial(String promise, Bench bench) {
    this.promise = promise;
    this.bench = bench;
    this.store = another();
  }

  BlobStore store() {
    return store;
  }

  /** Another store on the same place; closed with the trial. */
  BlobStore another() {
    BlobStore more = bench.open();
    opened.add(more);
    return more;
  }

  Limits limits() {
    return bench.limits();
  }

  Collection<Secret> secrets() {
    return bench.secrets();
  }

  /** Ends the case when it was cancelled. */
  void goOnUnlessCancelled() {
    bench.cancellation().throwIfCancelled();
  }

  /** So many bytes, which are the same each time. */
  PatternBytes bytes(long length) {
    return new PatternBytes(SEED, length, this::goOnUnlessCancelled);
  }

  /** Commits a blob of so many bytes. */
  void write(String key, long length) throws IOException {
    write(store, key, length);
  }

  void write(BlobStore to, String key, long length) throws IOException {
    goOnUnlessCancelled();
    try (BlobWriter writer = to.create(new BlobKey(key))) {
      bytes(length).writeTo(writer.body());
      writer.commit();
    }
  }

  /** The blob is what {@link #write} wrote, by its bytes and by what the store tells of it. */
  void expectWhole(String key, long length) throws IOException {
    try (InputStream in = store.open(new BlobKey(key))) {
      expectAll(in, key, length);
    }
    long told = store.stat(new BlobKey(key)).bytes();
    expect(told == length, key + " has " + length + " bytes, and the store tells " + told);
  }

  /** A stream gives what {@link #write} wrote, to its end. */
  void expectAll(InputStream in, String key, long length) throws IOException {
    long difference = bytes(length).firstDifference(in);
    expect(
        difference == -1,
        "of the "
            + length
            + " bytes of "
            + key
            + " what was read differs from byte "
            + difference
            + " on, or has another end");
  }

  /** The keys that a listing shows, in its order. */
  List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    store.list(prefix, blob -> keys.add(blob.key().value()));
    return keys;
  }

  /** A listing shows these keys, in this order, and no other. */
  void expectKeys(String prefix, List<String> expected) {
    List<String> listed = keys(prefix);
    expect(
        listed.equals(expected),
        "a listing of "
            + quoted(prefix)
            + " shows "
            + KeyOrder.brief(listed)
            + " and not "
            + KeyOrder.brief(expected));
  }

  /** Nothing tells of a blob under the key, or gives it. */
  void expectMissing(BlobStore looking, String key) {
    BlobKey missing = new BlobKey(key);
    expectKind(FailureKind.NOT_FOUND, "telling of " + key, () -> looking.stat(missing));
    expectKind(FailureKind.NOT_FOUND, "opening " + key, () -> looking.open(missing).close());
    expect(looking.localFile(missing).isEmpty(), "there is a local file for " + key);
  }

  /** A call fails, in this way; the failure. */
  StorageFailure expectKind(FailureKind kind, String what, Call call) {
    @Nullable Throwable thrown = thrownBy(call);
    if (thrown instanceof StorageFailure failure && failure.kind() == kind) {
      return failure;
    }
    throw broken(
        what
            + " is to fail with "
            + kind
            + (thrown == null ? ", and it did not fail" : ", and " + describe(thrown)));
  }

  /** What a call throws; null when it does not. */
  @Nullable Throwable thrownBy(Call call) {
    try {
      call.run();
      return null;
    } catch (InterruptedFailure cancelled) {
      throw cancelled;
    } catch (Exception thrown) {
      return thrown;
    }
  }

  /** The promise is broken unless this is so. */
  void expect(boolean kept, String otherwiseSeen) {
    if (!kept) {
      throw broken(otherwiseSeen);
    }
  }

  /** The same where it takes work to say what was seen. */
  void expect(boolean kept, Supplier<String> otherwiseSeen) {
    if (!kept) {
      throw broken(otherwiseSeen.get());
    }
  }

  BrokenPromiseException broken(String seen) {
    return new BrokenPromiseException(promise, seen, null);
  }

  /** Runs tasks at the same time, each in a thread of its own; their results in order. */
  <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(tasks)) {
        results.add(resultOf(future));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> T resultOf(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failed;
    }
  }

  /** A failure in a few words. */
  static String describe(Throwable thrown) {
    String kind =
        thrown instanceof StorageFailure failure
            ? failure.kind().name()
            : thrown.getClass().getSimpleName();
    return "it failed with " + kind + ": " + thrown.getMessage();
  }

  static String quoted(String text) {
    return text.isEmpty() ? "all keys" : "\"" + text + "\"";
  }

  @Override
  public void close() {
    @Nullable RuntimeException first = null;
    for (BlobStore each : opened) {
      try {
        each.close();
      } catch (RuntimeException failure) {
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** Something that a store is asked to do. */
  @FunctionalInterface
  interface Call {
    void run() throws Exception;
  }
}
