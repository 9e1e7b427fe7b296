package io.holdfast.postgres;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Writes the head of a dump in custom format as the pg_dump of an archive version would. */
final class ArchiveBytes {

  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private final int minor;
  private final Charset charset;
  private int count;

  ArchiveBytes(int minor, Charset charset) {
    this.minor = minor;
    this.charset = charset;
  }

  ArchiveBytes(int minor) {
    this(minor, StandardCharsets.UTF_8);
  }

  ArchiveBytes entry(String tag, String kind, String definition, String owner) {
    return entry(tag, kind, definition, owner, "");
  }

  ArchiveBytes entry(String tag, String kind, String definition, String owner, String tablespace) {
    count++;
    integer(entries, count);
    integer(entries, 0);
    text(entries, "1262");
    text(entries, "16384");
    text(entries, tag);
    text(entries, kind);
    integer(entries, 2);
    text(entries, definition);
    text(entries, "DROP;");
    integer(entries, -1);
    text(entries, "public");
    text(entries, tablespace);
    if (minor >= 14) {
      text(entries, "heap");
    }
    if (minor >= 16) {
      integer(entries, 'r');
    }
    text(entries, owner);
    text(entries, "false");
    text(entries, "7");
    text(entries, "8");
    integer(entries, -1);
    entries.write(1);
    entries.writeBytes(new byte[8]);
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("PGDMP".getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(new byte[] {1, (byte) minor, 0, 4, 8, 1});
    if (minor >= 15) {
      out.write(3);
    } else {
      integer(out, -1);
    }
    for (int i = 0; i < 7; i++) {
      integer(out, i);
    }
    text(out, "shop");
    text(out, "16.3");
    text(out, "17.1");
    integer(out, count);
    out.writeBytes(entries.toByteArray());
    return out.toByteArray();
  }

  InputStream stream() {
    return new ByteArrayInputStream(bytes());
  }

  private static void integer(ByteArrayOutputStream out, int value) {
    out.write(value < 0 ? 1 : 0);
    int left = Math.abs(value);
    for (int i = 0; i < 4; i++) {
      out.write(left & 0xFF);
      left >>= 8;
    }
  }

  private void text(ByteArrayOutputStream out, String value) {
    byte[] bytes = value.getBytes(charset);
    integer(out, bytes.length);
    out.writeBytes(bytes);
  }
}
