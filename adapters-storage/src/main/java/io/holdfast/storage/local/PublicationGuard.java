package io.holdfast.storage.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Lets one writer at a time look whether a name is free and rename onto it, among all processes on
 * a repository without hard links. The system drops the lock of a process that dies, so that no
 * crash leaves a key taken.
 */
final class PublicationGuard {

  /** The locked file, beside the temporary ones. */
  static final String NAME = "publish.lock";

  private static final Object THIS_PROCESS = new Object();

  private PublicationGuard() {}

  /**
   * Renames a file.
   *
   * @throws FileAlreadyExistsException when the name is taken
   */
  static void rename(RepositoryFolder folder, Path temporary, Path target) throws IOException {
    Path guard = folder.temporary().resolve(NAME);
    // A file lock holds off other processes only, and closing any channel of the file drops it.
    synchronized (THIS_PROCESS) {
      boolean interrupted = false;
      try (RandomAccessFile file = new RandomAccessFile(guard.toFile(), "rw")) {
        @Nullable FileLock held = null;
        while (held == null) {
          interrupted |= Thread.interrupted();
          held = lockUnlessInterrupted(file);
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
          throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private static @Nullable FileLock lockUnlessInterrupted(RandomAccessFile file)
      throws IOException {
    try {
      return file.getChannel().lock();
    } catch (FileLockInterruptionException again) {
      return null;
    }
  }
}
