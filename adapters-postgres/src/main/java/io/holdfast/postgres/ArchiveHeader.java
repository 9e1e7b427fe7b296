package io.holdfast.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The beginning of a dump in custom format, as ReadHead in PostgreSQL's pg_backup_archiver.c reads
 * it, for the archive versions 1.12 (PostgreSQL 9.0) to 1.16 (17 and 18).
 *
 * @param minorVersion the archive version's second number
 * @param offsetBytes how long a file offset is within the table of contents
 * @param serverVersion of the server that was dumped
 * @param toolVersion of the pg_dump that wrote it
 * @param entries how many entries the table of contents has; never below one
 */
record ArchiveHeader(
    int minorVersion, int offsetBytes, String serverVersion, String toolVersion, int entries) {

  /** A header is no longer than this: its three texts are short. */
  static final int LONGEST = 4096;

  private static final String MAGIC = "PGDMP";
  private static final int OLDEST_MINOR = 12;
  private static final int COMPRESSION_BYTE_SINCE = 15;
  private static final int CUSTOM_FORMAT = 1;
  private static final int DATE_FIELDS = 7;
  private static final int TEXT_BYTES = 1024;

  /** Reads it; what follows is the first entry. */
  static ArchiveHeader read(ArchiveReader in) throws IOException, MalformedArchiveException {
    String magic = new String(in.bytes(MAGIC.length()), StandardCharsets.ISO_8859_1);
    if (!magic.equals(MAGIC)) {
      throw new MalformedArchiveException("it does not begin as a dump in custom format");
    }
    int major = in.unsignedByte();
    int minor = in.unsignedByte();
    in.unsignedByte();
    if (major != 1 || minor < OLDEST_MINOR) {
      throw new MalformedArchiveException(
          "its archive version " + major + "." + minor + " is not known");
    }
    in.intBytes(in.unsignedByte());
    int offsetBytes = in.unsignedByte();
    int format = in.unsignedByte();
    if (format != CUSTOM_FORMAT) {
      throw new MalformedArchiveException("its format is not custom");
    }
    if (minor >= COMPRESSION_BYTE_SINCE) {
      in.unsignedByte();
    } else {
      in.integer();
    }
    for (int i = 0; i < DATE_FIELDS; i++) {
      in.integer();
    }
    in.skipText();
    String server = text(in);
    String tool = text(in);
    int entries = in.integer();
    if (entries < 1) {
      throw new MalformedArchiveException("its table of contents is empty");
    }
    return new ArchiveHeader(minor, offsetBytes, server, tool, entries);
  }

  private static String text(ArchiveReader in) throws IOException, MalformedArchiveException {
    return new String(in.text(TEXT_BYTES).orElse(new byte[0]), StandardCharsets.UTF_8);
  }
}
