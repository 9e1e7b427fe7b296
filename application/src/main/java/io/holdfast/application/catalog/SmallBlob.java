package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads and writes the blobs that Holdfast itself makes, which fit into memory. */
final class SmallBlob {

  /** Far more than a manifest of ten thousand artifacts needs, and little enough for any heap. */
  private static final int LARGEST = 16 * 1024 * 1024;

  private SmallBlob() {}

  /** The blob's bytes, or empty when there is none. */
  static Optional<byte[]> read(BlobStore store, BlobKey key) {
    try (InputStream in = store.open(key)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IntegrityFailure(
            key + " on " + store.location() + " is larger than such a file can be.",
            "It was not written by Holdfast; look at it.");
      }
      return Optional.of(bytes);
    } catch (StorageFailure failure) {
      if (failure.kind() == FailureKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    } catch (IOException e) {
      throw unreadable(store, key, e);
    }
  }

  /**
   * Publishes a blob.
   *
   * @throws StorageFailure {@code ALREADY_EXISTS} when the key is taken
   */
  static void write(BlobStore store, BlobKey key, byte[] bytes) {
    write(store.create(key), key + " on " + store.location(), bytes);
  }

  /** Publishes what a new writer, which is closed, was made for. */
  static void write(BlobWriter begun, String location, byte[] bytes) {
    write(begun, location, bytes, () -> {});
  }

  /** The same, unless a fence keeps it from being published once it is written. */
  static void write(BlobWriter begun, String location, byte[] bytes, Fence fence) {
    try (BlobWriter writer = begun) {
      writer.body().write(bytes);
      writer.body().close();
      fence.confirm();
      writer.commit();
    } catch (IOException e) {
      throw new StorageFailure(
          FailureKind.STORAGE,
          "Cannot write " + location + ": " + e.getMessage(),
          "See holdfast check.",
          e);
    }
  }

  private static StorageFailure unreadable(BlobStore store, BlobKey key, IOException e) {
    return new StorageFailure(
        FailureKind.STORAGE,
        "Cannot read " + key + " on " + store.location() + ": " + e.getMessage(),
        "See holdfast check.",
        e);
  }
}
