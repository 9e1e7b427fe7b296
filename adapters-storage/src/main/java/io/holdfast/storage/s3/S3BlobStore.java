package io.holdfast.storage.s3;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.exception.SdkException;

/** Keeps each blob as an object below a prefix of a bucket. */
final class S3BlobStore implements BlobStore {

  private final S3Connection connection;
  private final Publisher publisher;
  private final SlabPool slabs;
  private final PartPlan plan;
  private final ExecutorService threads;

  S3BlobStore(S3Settings settings, SlabPool slabs, PartPlan plan) {
    this.connection = new S3Connection(settings);
    this.publisher = new Publisher(connection);
    this.slabs = slabs;
    this.plan = plan;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "holdfast-s3-" + settings.name());
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public BlobWriter create(BlobKey key) {
    if (S3Location.isReserved(key.value())) {
      throw new StorageFailure(
          FailureKind.STORAGE,
          "Holdfast keeps objects of its own under " + key + " in " + location(),
          "Choose another key.");
    }
    return new S3BlobWriter(
        new S3Body(connection, publisher, threads, slabs, plan, key, Marks.next()));
  }

  @Override
  public InputStream open(BlobKey key) {
    refuseReserved(key);
    return S3BlobStream.open(connection, key);
  }

  @Override
  public BlobInfo stat(BlobKey key) {
    refuseReserved(key);
    return Stored.find(
            connection, "look at " + key + " in", connection.settings().location().objectOf(key))
        .map(stored -> new BlobInfo(key, stored.bytes(), stored.modified()))
        .orElseThrow(() -> connection.failures().notFound(key.value()));
  }

  @Override
  public void list(String prefix, BlobVisitor visitor) {
    new Listing(connection, "list").blobs(prefix, visitor);
  }

  @Override
  public void delete(BlobKey key) {
    if (S3Location.isReserved(key.value())) {
      return;
    }
    String doing = "delete " + key + " from";
    String object = connection.settings().location().objectOf(key);
    try {
      connection.send(s3 -> s3.deleteObject(d -> d.bucket(connection.bucket()).key(object)));
    } catch (SdkException e) {
      if (!connection.meansNotFound(doing, e)) {
        throw connection.failed(doing, e);
      }
    }
  }

  @Override
  public void clearAbandoned() {
    new Abandoned(connection).clear();
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
    return new Features(connection, publisher.traits()).all();
  }

  @Override
  public String location() {
    return connection.settings().location().toString();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    connection.close();
  }

  @Override
  public String toString() {
    return "S3BlobStore[" + location() + "]";
  }

  private void refuseReserved(BlobKey key) {
    if (S3Location.isReserved(key.value())) {
      throw connection.failures().notFound(key.value());
    }
  }
}
