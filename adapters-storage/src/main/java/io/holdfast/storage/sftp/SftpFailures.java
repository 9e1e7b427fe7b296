package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import java.util.Optional;

/**
 * Tells an operator what a server said. Version 3 says of most troubles no more than "Failure"; a
 * look at the file system's space often tells which one it was.
 */
final class SftpFailures {

  /** Below this a file system counts as full: its last blocks are not for everybody. */
  private static final long NOTHING_LEFT = 1 << 20;

  private final SftpTarget target;
  private final SftpCalls calls;

  SftpFailures(SftpTarget target, SftpCalls calls) {
    this.target = target;
    this.calls = calls;
  }

  /**
   * The failure for an answer.
   *
   * @param doing a verb: {@code write}
   */
  StorageFailure of(String doing, RemotePath path, StatusException said) {
    if (said.isDenied()) {
      return new StorageFailure(
          FailureKind.STORAGE,
          cannot(doing, path) + ": " + said.getMessage(),
          "Give user "
              + target.server().user()
              + " on "
              + target.server().host()
              + " the right to it: ls -ld "
              + path.parent(),
          said);
    }
    if (said.isBadName()) {
      return new StorageFailure(
          FailureKind.STORAGE,
          cannot(doing, path) + ": " + said.getMessage(),
          "The server's file system does not take such a name, or one so long.",
          said);
    }
    Optional<Space> space = spaceAt(path);
    if (said.isFull() || space.filter(SftpFailures::isFull).isPresent()) {
      return new StorageFailure(
          FailureKind.STORAGE_FULL,
          "No space left on " + shown(path) + space.map(SftpFailures::roomOf).orElse(""),
          "Free some space there, or point the target at a larger file system.",
          said);
    }
    if (space.filter(Space::isReadOnly).isPresent()) {
      return new StorageFailure(
          FailureKind.STORAGE,
          cannot(doing, path) + ": its file system is read-only",
          "Remount it on " + target.server().host() + ".",
          said);
    }
    return new StorageFailure(
        FailureKind.STORAGE,
        cannot(doing, path) + ": the server says: " + said.getMessage(),
        "Its log may say more. A quota that is used up, or a file where a folder should be, looks"
            + " so.",
        said);
  }

  /** A path as people know it: {@code nas:/srv/backups/set}. */
  String shown(RemotePath path) {
    return target.server().pinnedName() + ":" + path;
  }

  private String cannot(String doing, RemotePath path) {
    return "Cannot " + doing + " " + shown(path);
  }

  private Optional<Space> spaceAt(RemotePath path) {
    try {
      return calls.once(session -> spaceAbove(session, path));
    } catch (StatusException | LostException | StorageFailure unknown) {
      return Optional.empty();
    }
  }

  /** The space where a path is or would be; nothing when the server does not tell. */
  static Optional<Space> spaceAbove(SftpSession session, RemotePath path)
      throws StatusException, LostException {
    if (!session.offers(Extension.STATVFS)) {
      return Optional.empty();
    }
    RemotePath at = path;
    while (true) {
      try {
        return Optional.of(session.space(at));
      } catch (StatusException e) {
        if (!e.isNotFound() || at.isTopmost()) {
          throw e;
        }
        at = at.parent();
      }
    }
  }

  private static boolean isFull(Space space) {
    return space.freeBytes() < NOTHING_LEFT || (space.totalFiles() > 0 && space.freeFiles() == 0);
  }

  private static String roomOf(Space space) {
    if (space.totalFiles() > 0 && space.freeFiles() == 0) {
      return ": no room for another file's name";
    }
    return ": " + humanBytes(space.freeBytes()) + " of " + humanBytes(space.totalBytes()) + " free";
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
