package io.holdfast.storage.sftp;

import java.time.Instant;
import java.util.EnumSet;
import net.schmizz.sshj.sftp.FileAttributes;
import net.schmizz.sshj.xfer.FilePermission;

/**
 * What the server says of a file, folder or link.
 *
 * @param kind what it is, where the server tells
 * @param bytes a file's length
 * @param accessed seconds since 1970
 * @param modified seconds since 1970
 */
record RemoteEntry(Kind kind, long bytes, long accessed, long modified) {

  /** What an entry is. */
  enum Kind {
    FILE,
    FOLDER,
    LINK,
    OTHER,
    UNTOLD
  }

  static RemoteEntry of(FileAttributes attributes) {
    return new RemoteEntry(
        kindOf(attributes),
        attributes.getSize(),
        attributes.getAtime() & 0xffffffffL,
        attributes.getMtime() & 0xffffffffL);
  }

  Instant modifiedAt() {
    return Instant.ofEpochSecond(modified);
  }

  boolean isFile() {
    return kind == Kind.FILE;
  }

  boolean isFolder() {
    return kind == Kind.FOLDER;
  }

  boolean isLink() {
    return kind == Kind.LINK;
  }

  /** What only the owner may read and write. */
  static FileAttributes ownFile() {
    return new FileAttributes.Builder()
        .withPermissions(
            FilePermission.toMask(EnumSet.of(FilePermission.USR_R, FilePermission.USR_W)))
        .build();
  }

  /** What only the owner may enter. */
  static FileAttributes ownFolder() {
    return new FileAttributes.Builder()
        .withPermissions(FilePermission.toMask(EnumSet.of(FilePermission.USR_RWX)))
        .build();
  }

  private static Kind kindOf(FileAttributes attributes) {
    if (!attributes.has(FileAttributes.Flag.MODE)) {
      return Kind.UNTOLD;
    }
    return switch (attributes.getType()) {
      case REGULAR -> Kind.FILE;
      case DIRECTORY -> Kind.FOLDER;
      case SYMLINK -> Kind.LINK;
      case UNKNOWN -> Kind.UNTOLD;
      default -> Kind.OTHER;
    };
  }
}
