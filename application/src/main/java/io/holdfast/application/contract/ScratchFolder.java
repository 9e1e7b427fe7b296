package io.holdfast.application.contract;

import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.ScopedBlobStore;
import io.holdfast.domain.backup.SetLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/** A place beside the sets of a live target, for blobs that nobody needs afterwards. */
public final class ScratchFolder {

  private static final String ALL = SetLayout.CONTROL_FOLDER + "/contract/";

  /** So many deletions at a time: thousands of blobs have to go before patience is at its end. */
  private static final int THREADS = 8;

  private final BlobStore store;
  private final String prefix;

  /**
   * @param name unlike that of any other scratch folder; no slash in it
   */
  public ScratchFolder(BlobStore store, String name) {
    this.store = store;
    this.prefix = ALL + name + "/";
  }

  /** Where it is, for people. */
  public String location() {
    return store.location() + "/" + prefix;
  }

  /** A part of it as a store, through the folder's own store, which stays open. */
  public BlobStore lend(String part) {
    return new ScopedBlobStore(store, prefix + part + "/", true);
  }

  /** The same part through another store, which is closed with it. */
  public BlobStore through(BlobStore other, String part) {
    return new ScopedBlobStore(other, prefix + part + "/", false);
  }

  /** Removes all that is in a part. */
  public void clear(String part) {
    remove(store, prefix + part + "/");
  }

  /** Removes all of it. */
  public void clear() {
    remove(store, prefix);
  }

  /** True when there is nothing in it. */
  public boolean isEmpty() {
    return keys(store, prefix).isEmpty();
  }

  /**
   * Removes the folders that killed runs left.
   *
   * @param isInUse tells by its name whether a folder is needed yet
   * @return how many there were
   */
  public static int removeAbandoned(BlobStore store, Predicate<String> isInUse) {
    Set<String> names = new TreeSet<>();
    for (BlobKey key : keys(store, ALL)) {
      String inside = key.value().substring(ALL.length());
      names.add(inside.substring(0, Math.max(0, inside.indexOf('/'))));
    }
    names.removeIf(name -> name.isEmpty() || isInUse.test(name));
    names.forEach(name -> remove(store, ALL + name + "/"));
    return names.size();
  }

  private static List<BlobKey> keys(BlobStore store, String prefix) {
    List<BlobKey> keys = new ArrayList<>();
    store.list(prefix, blob -> keys.add(blob.key()));
    return keys;
  }

  private static void remove(BlobStore store, String prefix) {
    List<BlobKey> keys = keys(store, prefix);
    if (keys.size() < 2 * THREADS) {
      keys.forEach(store::delete);
      return;
    }
    List<Callable<Boolean>> deletions = new ArrayList<>();
    for (BlobKey key : keys) {
      deletions.add(
          () -> {
            store.delete(key);
            return true;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (Future<Boolean> deletion : threads.invokeAll(deletions)) {
        deletion.get();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed);
    } finally {
      threads.shutdownNow();
    }
  }
}
