package io.holdfast.storage.local;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.storage.disk.DiskFailures;
import io.holdfast.storage.disk.Folders;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Gives a finished temporary file its name, at once, durably, and never over another file. A hard
 * link does that: unlike a rename it cannot replace. Where a file system knows no hard links
 * (exFAT, many CIFS shares) a rename under a {@link PublicationGuard} does.
 */
final class Publisher {

  /** How a file gets a second name, failing with {@link FileAlreadyExistsException}. */
  @FunctionalInterface
  interface Linker {
    void link(Path newName, Path existing) throws IOException;
  }

  /** How the last blob got its name. */
  private enum Way {
    UNTRIED,
    LINK,
    GUARDED_RENAME
  }

  /** So many times a folder may be pruned under our hands before something else is wrong. */
  static final int ATTEMPTS = 1000;

  private final RepositoryFolder folder;
  private final Linker linker;
  private volatile Way lastWay = Way.UNTRIED;

  Publisher(RepositoryFolder folder, Linker linker) {
    this.folder = folder;
    this.linker = linker;
  }

  /** True for the file that guards publication, which is no leftover. */
  static boolean isGuard(Path file) {
    return file.endsWith(PublicationGuard.NAME);
  }

  /** Publishes; on any failure nothing is published. */
  void publish(Path temporary, Path target) {
    try {
      give(temporary, target);
    } catch (FileAlreadyExistsException taken) {
      throw new StorageFailure(FailureKind.ALREADY_EXISTS, target + " is there already", "", taken);
    } catch (IOException e) {
      throw failed(target, e);
    }
    try {
      syncUpwards(target);
    } catch (IOException e) {
      throw withdrawn(target, e);
    }
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw withdrawn(target, e);
    }
  }

  /**
   * Removes the empty folders above a file, but never the root.
   *
   * @return the nearest folder that stays
   */
  Path pruneUpwards(Path file) throws IOException {
    Path at = parentOf(file);
    while (!at.equals(folder.root()) && Folders.removeIfEmpty(at)) {
      at = parentOf(at);
    }
    while (Files.notExists(at) && !at.equals(folder.root())) {
      at = parentOf(at);
    }
    return at;
  }

  private void give(Path temporary, Path target) throws IOException {
    for (int attempt = 1; ; attempt++) {
      folder.refuseLinks(parentOf(target));
      try {
        Folders.make(parentOf(target));
        linkOrRename(temporary, target);
        return;
      } catch (NoSuchFileException e) {
        if (attempt == ATTEMPTS || Files.notExists(temporary)) {
          throw e;
        }
        // A deletion beside us pruned a folder while it was empty.
      }
    }
  }

  /** How one writer of a key is let through, in a short phrase. */
  String describe() {
    return switch (lastWay) {
      case UNTRIED -> "exclusive by hard links where it has them, else by a lock of this host";
      case LINK -> "exclusive by hard links";
      case GUARDED_RENAME -> "no hard links: exclusive among this host's processes alone";
    };
  }

  private void linkOrRename(Path temporary, Path target) throws IOException {
    try {
      linker.link(target, temporary);
      lastWay = Way.LINK;
    } catch (UnsupportedOperationException e) {
      // How the JDK tells of a file system whose provider knows no hard links at all.
      rename(temporary, target);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      if (!meansNoHardLinks(e)) {
        throw e;
      }
      rename(temporary, target);
    }
  }

  private void rename(Path temporary, Path target) throws IOException {
    PublicationGuard.rename(folder, temporary, target);
    lastWay = Way.GUARDED_RENAME;
  }

  private static boolean meansNoHardLinks(IOException e) {
    String text = String.valueOf(e.getMessage());
    // link(2) says EPERM for "the file system does not support the creation of hard links".
    return DiskFailures.isUnsupported(e)
        || text.contains("Operation not permitted")
        || text.contains("Too many links");
  }

  private void syncUpwards(Path target) throws IOException {
    // Up to the root each time: a folder that another writer has just made may not be synced yet.
    Path at = target;
    do {
      at = parentOf(at);
      syncIfThere(at);
    } while (!at.equals(folder.root()));
  }

  private static void syncIfThere(Path parent) throws IOException {
    try {
      Folders.sync(parent);
    } catch (NoSuchFileException prunedMeanwhile) {
      // Somebody has deleted the blob already; all that is left of it is its empty folders' going.
    }
  }

  private StorageFailure withdrawn(Path target, IOException e) {
    StorageFailure failure = DiskFailures.of("write", target, e);
    try {
      Files.deleteIfExists(target);
      pruneUpwards(target);
    } catch (IOException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
    return failure;
  }

  private StorageFailure failed(Path target, IOException e) {
    StorageFailure failure = DiskFailures.of("write", target, e);
    try {
      pruneUpwards(target);
    } catch (IOException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
    return failure;
  }

  private static Path parentOf(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalStateException(file + " is not below a repository");
    }
    return parent;
  }
}
