package io.holdfast.storage.local;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobVisitor;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.storage.disk.DiskFailures;
import io.holdfast.storage.disk.Folders;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps each blob as a file below a root folder, a key's segments being its folders. Reading never
 * makes or changes anything, so that a set on read-only media can be restored.
 */
final class LocalBlobStore implements BlobStore {

  private final RepositoryFolder folder;
  private final Publisher publisher;

  LocalBlobStore(Path root) {
    this(root, Files::createLink);
  }

  /** With another way to link, for file systems that know none. */
  LocalBlobStore(Path root, Publisher.Linker linker) {
    this.folder = new RepositoryFolder(root);
    this.publisher = new Publisher(folder, linker);
  }

  @Override
  public BlobWriter create(BlobKey key) {
    Path target = folder.fileOf(key);
    if (RepositoryFolder.isReserved(key.value())) {
      throw new StorageFailure(
          FailureKind.STORAGE, "Temporary files are kept under " + target, "Choose another key.");
    }
    folder.refuseLinks(folder.temporary());
    try {
      return LocalBlobWriter.open(target, TemporaryFile.create(folder), publisher);
    } catch (IOException e) {
      throw DiskFailures.of("write", folder.temporary(), e);
    }
  }

  @Override
  public InputStream open(BlobKey key) {
    Path file = folder.fileOf(key);
    require(key, file);
    try {
      return new LocalBlobStream(new FileInputStream(file.toFile()), file);
    } catch (IOException e) {
      require(key, file);
      throw DiskFailures.of("read", file, e);
    }
  }

  @Override
  public BlobInfo stat(BlobKey key) {
    BasicFileAttributes found = require(key, folder.fileOf(key));
    return new BlobInfo(key, found.size(), found.lastModifiedTime().toInstant());
  }

  @Override
  public void list(String prefix, BlobVisitor visitor) {
    new Listing(folder, visitor).of(prefix);
  }

  @Override
  public void delete(BlobKey key) {
    Path file = folder.fileOf(key);
    try {
      if (find(key, file).isEmpty()) {
        return;
      }
      Files.deleteIfExists(file);
      Path parent = publisher.pruneUpwards(file);
      // Durable before the next deletion: a set's checksums go first, also across a power cut.
      Folders.sync(parent);
    } catch (NoSuchFileException goneMeanwhile) {
      return;
    } catch (IOException e) {
      throw DiskFailures.of("delete", file, e);
    }
  }

  @Override
  public void clearAbandoned() {
    Path temporary = folder.temporary();
    folder.refuseLinks(temporary);
    if (!Files.isDirectory(temporary)) {
      return;
    }
    try {
      try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(temporary)) {
        for (Path leftover : leftovers) {
          if (!Publisher.isGuard(leftover)
              && !Files.isDirectory(leftover, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(leftover);
          }
        }
      }
      publisher.pruneUpwards(temporary.resolve("none"));
    } catch (IOException e) {
      throw DiskFailures.of("clear", temporary, e);
    }
  }

  @Override
  public boolean clearingStopsWriters() {
    return true;
  }

  @Override
  public Optional<Path> localFile(BlobKey key) {
    Path file = folder.fileOf(key);
    try {
      return find(key, file).map(found -> file);
    } catch (IOException e) {
      throw DiskFailures.of("read", file, e);
    }
  }

  @Override
  public OptionalLong freeBytes() {
    try {
      Path there = DiskFailures.nearestExisting(folder.root());
      return OptionalLong.of(Files.getFileStore(there).getUsableSpace());
    } catch (IOException unknown) {
      return OptionalLong.empty();
    }
  }

  @Override
  public List<String> features() {
    return List.of(FileSystem.at(folder.root()).describe(), publisher.describe());
  }

  @Override
  public String location() {
    return folder.root().toString();
  }

  @Override
  public void close() {
    // Holds nothing between calls.
  }

  @Override
  public String toString() {
    return "LocalBlobStore[" + location() + "]";
  }

  private BasicFileAttributes require(BlobKey key, Path file) {
    try {
      return find(key, file)
          .orElseThrow(
              () ->
                  new StorageFailure(
                      FailureKind.NOT_FOUND, "There is no " + key + " in " + location(), ""));
    } catch (IOException e) {
      throw DiskFailures.of("read", file, e);
    }
  }

  private Optional<BasicFileAttributes> find(BlobKey key, Path file) throws IOException {
    if (RepositoryFolder.isReserved(key.value()) || folder.leadsThroughLink(file)) {
      return Optional.empty();
    }
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return found.isRegularFile() ? Optional.of(found) : Optional.empty();
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException e) {
      if (DiskFailures.isNotAFolder(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
