package io.holdfast.storage.disk;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes, syncs and removes folders that must outlive a crash. Nobody but the owner may enter. */
public final class Folders {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private Folders() {}

  /**
   * Makes a folder and those above it that are missing, mode 0700, durably. One that exists keeps
   * its mode.
   *
   * @return the ones that were made, the outermost first
   * @throws NotDirectoryException when something else is in the way
   * @throws NoSuchFileException when another process removes a folder at this moment
   */
  public static List<Path> make(Path folder) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    @Nullable Path existing = folder;
    while (existing != null && Files.notExists(existing)) {
      missing.push(existing);
      existing = existing.getParent();
    }
    if (existing != null && isInTheWay(existing)) {
      throw new NotDirectoryException(existing.toString());
    }
    List<Path> made = new ArrayList<>();
    for (Path each : missing) {
      if (makeOne(each)) {
        made.add(each);
      }
    }
    return made;
  }

  /** Removes a folder that is empty; leaves any other, and what is none, alone. */
  public static boolean removeIfEmpty(Path folder) throws IOException {
    try {
      return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException inUse) {
      return false;
    }
  }

  /**
   * Makes what was linked into or removed from a folder durable, also in a thread that is
   * interrupted: the bytes are written, so the publication has to be brought to an end.
   */
  public static void sync(Path folder) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (!syncUnlessInterrupted(folder)) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** By one look: between two, another process may remove a folder and make it again. */
  private static boolean isInTheWay(Path path) throws IOException {
    try {
      return !Files.readAttributes(path, BasicFileAttributes.class).isDirectory();
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  private static boolean makeOne(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, OWNER_ONLY);
    } catch (FileAlreadyExistsException raced) {
      if (isInTheWay(folder)) {
        throw new NotDirectoryException(folder.toString());
      }
      if (Files.notExists(folder)) {
        throw new NoSuchFileException(folder.toString());
      }
      return false;
    }
    Path parent = folder.getParent();
    if (parent != null) {
      sync(parent);
    }
    return true;
  }

  private static boolean syncUnlessInterrupted(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
      return true;
    } catch (ClosedByInterruptException again) {
      return false;
    } catch (AccessDeniedException unreadable) {
      // A folder that may be written and not read cannot be synced by its user at all.
      return true;
    } catch (IOException e) {
      if (DiskFailures.isUnsupported(e)) {
        // CIFS and some FUSE file systems sync folders by themselves and refuse to be asked.
        return true;
      }
      throw e;
    }
  }
}
