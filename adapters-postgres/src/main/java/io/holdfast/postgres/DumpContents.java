package io.holdfast.postgres;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.ArtifactInspector.Recorded;
import io.holdfast.application.port.out.source.ContentEntry;
import io.holdfast.application.port.out.source.ContentEntry.DatabaseObject;
import io.holdfast.application.port.out.source.ContentsReader;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.fingerprint.DatabaseFingerprint;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Names the objects of a dump from the table of contents at its head, and their tables' rows from
 * the fingerprint. Needs no server and no tool.
 */
public final class DumpContents implements ContentsReader {

  private static final int LONGEST_NAME = 64 << 10;
  private static final int LONGEST_SETTING = 4 << 10;
  private static final int TABLE_ACCESS_METHOD_SINCE = 14;
  private static final int RELATION_KIND_SINCE = 16;
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  @Override
  public boolean reads(ArtifactKind kind) {
    return kind == ArtifactKind.DATABASE;
  }

  @Override
  public void read(
      ArtifactId id,
      ArtifactContent content,
      Recorded recorded,
      Consumer<ContentEntry> entries,
      Cancellation cancellation)
      throws IOException {
    Map<String, Long> rows = new HashMap<>();
    if (recorded.fingerprint().orElse(null) instanceof DatabaseFingerprint fingerprint) {
      fingerprint.tables().forEach(table -> rows.put(bare(table.name()), table.rows()));
    }
    try (InputStream dump = new BufferedInputStream(content.open(), 1 << 16)) {
      ArchiveReader in = new ArchiveReader(dump);
      ArchiveHeader header = ArchiveHeader.read(in);
      Charset charset = StandardCharsets.UTF_8;
      for (int i = 0; i < header.entries(); i++) {
        cancellation.throwIfCancelled();
        charset = readEntry(in, header, charset, rows, entries);
      }
    } catch (MalformedArchiveException e) {
      throw new IntegrityFailure(
          content.describe() + " is no readable dump: " + e.getMessage() + ".",
          "Choose another set for " + id.describe() + ".",
          e);
    }
  }

  /** Reads one entry; returns the charset of those behind it. */
  private static Charset readEntry(
      ArchiveReader in,
      ArchiveHeader header,
      Charset charset,
      Map<String, Long> rows,
      Consumer<ContentEntry> entries)
      throws IOException, MalformedArchiveException {
    in.integer();
    in.integer();
    in.skipText();
    in.skipText();
    String tag = text(in, charset);
    String kind = text(in, charset);
    in.integer();
    Charset next = charset;
    if (kind.equals("ENCODING")) {
      next =
          Encodings.charsetOf(
              new String(in.text(LONGEST_SETTING).orElse(new byte[0]), StandardCharsets.US_ASCII));
    } else {
      in.skipText();
    }
    in.skipText();
    in.skipText();
    String schema = text(in, charset);
    in.skipText();
    if (header.minorVersion() >= TABLE_ACCESS_METHOD_SINCE) {
      in.skipText();
    }
    if (header.minorVersion() >= RELATION_KIND_SINCE) {
      in.integer();
    }
    String owner = Encodings.clusterWide(text(in, charset), charset);
    in.skipText();
    boolean more = in.skipText();
    while (more) {
      more = in.skipText();
    }
    in.skip(1 + header.offsetBytes());
    if (isShown(kind)) {
      entries.accept(
          new DatabaseObject(
              kind, nameOf(kind, schema, tag), owner, rowsOf(schema, tag, kind, rows)));
    }
    return next;
  }

  /** What belongs to another entry, or is the dump's own business, is no object to look for. */
  private static boolean isShown(String kind) {
    return switch (kind) {
      case "ENCODING", "STDSTRINGS", "SEARCHPATH", "DATABASE", "DATABASE PROPERTIES" -> false;
      case "TABLE DATA", "SEQUENCE SET", "SEQUENCE OWNED BY", "TABLE ATTACH", "INDEX ATTACH" ->
          false;
      case "ACL", "COMMENT", "SECURITY LABEL", "BLOB METADATA" -> false;
      case "BLOBS", "DEFAULT", "STATISTICS DATA", "MATERIALIZED VIEW DATA" -> false;
      default -> true;
    };
  }

  /** Tags of relations and types are names; others have more in them, quoted as it has to be. */
  private static String nameOf(String kind, String schema, String tag) {
    String name =
        switch (kind) {
          case "TABLE", "VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE", "SEQUENCE", "INDEX" ->
              quoted(tag);
          case "TYPE", "DOMAIN", "SCHEMA", "EXTENSION" -> quoted(tag);
          default -> tag;
        };
    return schema.isEmpty() ? name : quoted(schema) + "." + name;
  }

  private static OptionalLong rowsOf(
      String schema, String tag, String kind, Map<String, Long> rows) {
    Long found = kind.equals("TABLE") ? rows.get(schema + "\0" + tag) : null;
    return found == null ? OptionalLong.empty() : OptionalLong.of(found);
  }

  private static String quoted(String name) {
    return PLAIN.matcher(name).matches() ? name : Quoting.identifier(name);
  }

  /** A name as SQL spells it, {@code schema.table}, without its quotes. */
  private static String bare(String name) {
    StringBuilder out = new StringBuilder();
    boolean within = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean doubled = within && name.startsWith("\"\"", i);
      if (doubled) {
        out.append(c);
        i++;
      } else if (c == '"') {
        within = !within;
      } else {
        out.append(c == '.' && !within ? '\0' : c);
      }
    }
    return out.toString();
  }

  private static String text(ArchiveReader in, Charset charset)
      throws IOException, MalformedArchiveException {
    Optional<byte[]> bytes = in.text(LONGEST_NAME);
    return bytes.map(text -> new String(text, charset)).orElse("");
  }
}
