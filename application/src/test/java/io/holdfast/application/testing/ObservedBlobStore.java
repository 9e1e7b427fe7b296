package io.holdfast.application.testing;

import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobVisitor;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.ForwardingBlobStore;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Remembers every call to a store as {@code commit KEY}, {@code delete KEY} and so on, and lets
 * something else happen right before one: what another process does at the worst moment.
 */
public class ObservedBlobStore extends ForwardingBlobStore {

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Runnable> before = new ConcurrentHashMap<>();
  private final AtomicInteger atCall = new AtomicInteger();
  private volatile Runnable onCall = () -> {};

  public ObservedBlobStore(BlobStore inner) {
    super(inner);
  }

  /** Lets something happen before a call, once. */
  public ObservedBlobStore before(String call, Runnable action) {
    before.put(call, action);
    return this;
  }

  /** Lets something happen before the Nth call from now on, counted from one, once. */
  public ObservedBlobStore beforeCall(int nth, Runnable action) {
    atCall.set(calls.size() + nth);
    onCall = action;
    return this;
  }

  /** All calls, in order. */
  public List<String> calls() {
    return calls;
  }

  /** The keys of the calls of one sort, in order. */
  public List<String> calls(String sort) {
    return calls.stream()
        .filter(call -> call.startsWith(sort + " "))
        .map(call -> call.substring(sort.length() + 1))
        .toList();
  }

  @Override
  public BlobWriter create(BlobKey key) {
    told("create " + key);
    return new Writer(super.create(key), key);
  }

  @Override
  public InputStream open(BlobKey key) {
    told("open " + key);
    return super.open(key);
  }

  @Override
  public BlobInfo stat(BlobKey key) {
    told("stat " + key);
    return super.stat(key);
  }

  @Override
  public void list(String prefix, BlobVisitor visitor) {
    told("list " + prefix);
    super.list(prefix, visitor);
  }

  @Override
  public void delete(BlobKey key) {
    told("delete " + key);
    super.delete(key);
  }

  @Override
  public void clearAbandoned() {
    told("clear");
    super.clearAbandoned();
  }

  private void told(String call) {
    calls.add(call);
    if (atCall.compareAndSet(calls.size(), 0)) {
      onCall.run();
    }
    Runnable action = before.remove(call);
    if (action != null) {
      action.run();
    }
  }

  private final class Writer implements BlobWriter {
    private final BlobWriter writer;
    private final BlobKey key;

    private Writer(BlobWriter writer, BlobKey key) {
      this.writer = writer;
      this.key = key;
    }

    @Override
    public OutputStream body() {
      return writer.body();
    }

    @Override
    public void commit() {
      told("commit " + key);
      writer.commit();
    }

    @Override
    public void close() {
      told("close " + key);
      writer.close();
    }
  }
}
