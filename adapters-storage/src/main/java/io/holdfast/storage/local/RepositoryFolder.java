package io.holdfast.storage.local;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where each blob lies below the root. Symbolic links above the root are the operator's business;
 * below it none is followed, so that nothing outside is ever read, written or deleted.
 *
 * @param root absolute
 */
record RepositoryFolder(Path root) {

  /** Where blobs are written before they are published. */
  static final String TEMPORARY = ".holdfast/tmp";

  /** The folder of temporary files. */
  Path temporary() {
    return root.resolve(TEMPORARY);
  }

  /** True for keys of temporary files, which are no blobs. */
  static boolean isReserved(String key) {
    return key.equals(TEMPORARY) || key.startsWith(TEMPORARY + "/");
  }

  /** The file of a key. */
  Path fileOf(BlobKey key) {
    try {
      return root.resolve(key.value());
    } catch (InvalidPathException e) {
      throw new StorageFailure(
          FailureKind.STORAGE,
          "No file below " + root + " can be named " + key + ": " + e.getReason(),
          "Start Holdfast in a UTF-8 locale: LC_ALL=C.UTF-8",
          e);
    }
  }

  /** True when a folder between the root and a file, or the file, is a symbolic link. */
  boolean leadsThroughLink(Path file) {
    Path at = root;
    for (Path name : root.relativize(file)) {
      at = at.resolve(name);
      if (Files.isSymbolicLink(at)) {
        return true;
      }
    }
    return false;
  }

  /** Fails when a symbolic link would be followed to a file. */
  void refuseLinks(Path file) {
    if (leadsThroughLink(file)) {
      throw new StorageFailure(
          FailureKind.STORAGE,
          "The way to " + file + " leads through a symbolic link",
          "Holdfast follows none inside " + root + "; put the real folder there, or mount it.");
    }
  }
}
