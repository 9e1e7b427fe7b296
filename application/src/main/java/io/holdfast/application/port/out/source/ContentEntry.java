package io.holdfast.application.port.out.source;

import io.holdfast.domain.checksum.Checksum;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** One thing that an artifact holds. */
public sealed interface ContentEntry {

  /** What it is called, as an operator names it. */
  String name();

  /**
   * A file or folder of a volume.
   *
   * @param name its path below the volume's root, which is {@code .}; a byte that is no part of
   *     UTF-8 or would not show, and a backslash, as a backslash and three octal digits
   * @param type what it is
   * @param mode permissions, with the setuid, setgid and sticky bits
   * @param owner the user's number
   * @param group the group's number
   * @param size how long a file is, holes included; empty for all else
   * @param changed when its content was changed
   * @param linkTarget where a link leads, spelled as a name is
   * @param sha256 of a file's content, where that was recorded
   */
  record Member(
      String name,
      Type type,
      int mode,
      long owner,
      long group,
      OptionalLong size,
      Instant changed,
      Optional<String> linkTarget,
      Optional<Checksum> sha256)
      implements ContentEntry {

    /** What a member of a volume is. */
    public enum Type {
      FILE,
      HARD_LINK,
      SYMBOLIC_LINK,
      FOLDER,
      FIFO,
      CHARACTER_DEVICE,
      BLOCK_DEVICE
    }
  }

  /**
   * An object of a database.
   *
   * @param kind what it is, in the server's words: {@code TABLE}, {@code FUNCTION}
   * @param name its schema and name, quoted where SQL needs it
   * @param owner the role that owns it; empty text where the dump does not say
   * @param rows how many rows a table had, where that was recorded
   */
  record DatabaseObject(String kind, String name, String owner, OptionalLong rows)
      implements ContentEntry {}
}
