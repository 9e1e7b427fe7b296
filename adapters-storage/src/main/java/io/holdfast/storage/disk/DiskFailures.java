package io.holdfast.storage.disk;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells an operator what the system said of a file. Reads the texts of {@code strerror(3)}, the
 * only place where the JDK leaves the error number; the launcher sets a locale in which they are
 * English.
 */
public final class DiskFailures {

  private static final List<String> UNREACHABLE =
      List.of("Stale file handle", "Transport endpoint is not connected", "Host is down");

  /** What strerror(3) says of EINVAL, EOPNOTSUPP, ENOSYS and ENOTTY. */
  private static final List<String> UNSUPPORTED =
      List.of(
          "Invalid argument",
          "Operation not supported",
          "Function not implemented",
          "Inappropriate ioctl for device");

  private DiskFailures() {}

  /**
   * The failure for an error.
   *
   * @param doing a verb: {@code write}
   * @param path the file or folder that it was done to
   * @param error what the system said
   */
  public static StorageFailure of(String doing, Path path, IOException error) {
    String reason = reasonOf(error);
    if (reason.contains("No space left")) {
      return full("No space left on " + path + roomOf(path), error);
    }
    if (reason.contains("quota exceeded")) {
      return full("The quota is used up on " + path + roomOf(path), error);
    }
    boolean unreachable = UNREACHABLE.stream().anyMatch(reason::contains);
    return new StorageFailure(
        unreachable ? FailureKind.STORAGE_UNREACHABLE : FailureKind.STORAGE,
        "Cannot " + doing + " " + path + ": " + reason,
        hintFor(reason, path, unreachable),
        error);
  }

  /** True when a file system does not know an operation, rather than failing at it. */
  public static boolean isUnsupported(IOException error) {
    String reason = reasonOf(error);
    return UNSUPPORTED.stream().anyMatch(reason::contains);
  }

  /** True when the path leads through something that is no folder. */
  public static boolean isNotAFolder(IOException error) {
    return error instanceof NotDirectoryException || reasonOf(error).contains("Not a directory");
  }

  /** The file or folder itself, or the nearest one above it that is there. */
  public static Path nearestExisting(Path path) {
    Path at = path;
    while (!Files.exists(at)) {
      Path parent = at.getParent();
      if (parent == null) {
        return at;
      }
      at = parent;
    }
    return at;
  }

  static String reasonOf(IOException error) {
    if (error instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (error instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (error instanceof NotDirectoryException) {
      return error.getMessage() + " is not a folder (Not a directory)";
    }
    if (error instanceof FileAlreadyExistsException) {
      return "File exists";
    }
    @Nullable String text =
        error instanceof FileSystemException named ? named.getReason() : error.getMessage();
    if (text == null || text.isEmpty()) {
      return error.getClass().getSimpleName();
    }
    boolean wrapped = error instanceof FileNotFoundException && text.endsWith(")");
    return wrapped ? text.substring(text.lastIndexOf('(') + 1, text.length() - 1) : text;
  }

  private static StorageFailure full(String message, IOException error) {
    return new StorageFailure(
        FailureKind.STORAGE_FULL,
        message,
        "Free some space there, or point the target at a larger file system.",
        error);
  }

  private static String roomOf(Path path) {
    try {
      FileStore store = Files.getFileStore(nearestExisting(path));
      return ": "
          + humanBytes(store.getUsableSpace())
          + " of "
          + humanBytes(store.getTotalSpace())
          + " free";
    } catch (IOException unknown) {
      return "";
    }
  }

  private static String hintFor(String reason, Path path, boolean unreachable) {
    if (unreachable) {
      return "Is the file system of " + path + " still mounted? Mount it again and run once more.";
    }
    if (reason.contains("Permission denied") || reason.contains("Operation not permitted")) {
      Path folder = nearestExisting(path);
      return "Give user " + System.getProperty("user.name") + " the right to it: ls -ld " + folder;
    }
    if (reason.contains("Read-only file system")) {
      return "The file system of " + nearestExisting(path) + " is mounted read-only; remount it.";
    }
    if (reason.contains("Not a directory")) {
      return "Move what is in the way, or choose another folder.";
    }
    if (reason.contains("File name too long")) {
      return "Choose a file system that takes names of 255 bytes.";
    }
    return "";
  }

  /** Powers of a thousand, as disks are sold: {@code 49 MB}. */
  private static String humanBytes(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    long value = bytes;
    int unit = 0;
    while (value >= 1000) {
      value /= 1000;
      unit++;
    }
    return value + " " + units[unit];
  }
}
