package io.holdfast.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a restore must know of a dump before it begins, from the table of contents at its head, as
 * ReadToc in PostgreSQL's pg_backup_archiver.c and pg_backup_custom.c reads it. It is read here and
 * not by {@code pg_restore --create --list}, which has no owners' exact names, and ends in an error
 * where the database's name has a newline in it.
 *
 * @param header the dump's header
 * @param charset of its texts, which is that of the database
 * @param database the name of the database that was dumped
 * @param owner its owner; empty where the dump does not say
 * @param create the statement that creates it; empty where the dump has none
 * @param statements what else concerns the database as a whole: settings, comment, grants
 * @param extensions the extensions that it creates
 * @param roles every role that owns something, is granted something or is named in a policy, as the
 *     cluster spells it
 * @param tablespaces the tablespaces that something lies in, its default one left out, as the
 *     cluster spells them
 * @param tables every table, partitioned ones and partitions too, in the dump's order
 */
record TableOfContents(
    ArchiveHeader header,
    Charset charset,
    String database,
    String owner,
    Optional<SqlStatement> create,
    List<SqlStatement> statements,
    Set<String> extensions,
    Set<String> roles,
    Set<String> tablespaces,
    Set<DumpedTable> tables) {

  private static final int TABLE_ACCESS_METHOD_SINCE = 14;
  private static final int RELATION_KIND_SINCE = 16;

  /** Longest statement that is kept; a comment or grant beyond it is no database's. */
  private static final int LONGEST_STATEMENT = 4 << 20;

  private static final int LONGEST_NAME = 64 << 10;

  /** Reads the head of a dump; the stream should be buffered and is not closed. */
  static TableOfContents read(InputStream dump) throws IOException, MalformedArchiveException {
    ArchiveReader in = new ArchiveReader(dump);
    ArchiveHeader header = ArchiveHeader.read(in);
    Builder builder = new Builder(header);
    for (int i = 0; i < header.entries(); i++) {
      builder.readEntry(in);
    }
    return builder.build();
  }

  /** Gathers what the entries say, one after the other. */
  private static final class Builder {

    private final ArchiveHeader header;
    private final List<SqlStatement> statements = new ArrayList<>();
    private final Set<String> extensions = new TreeSet<>();
    private final Set<String> roles = new TreeSet<>();
    private final Set<String> tablespaces = new TreeSet<>();
    private final Set<DumpedTable> tables = new LinkedHashSet<>();
    private Charset charset = StandardCharsets.UTF_8;
    private String database = "";
    private String owner = "";
    private Optional<SqlStatement> create = Optional.empty();

    Builder(ArchiveHeader header) {
      this.header = header;
    }

    void readEntry(ArchiveReader in) throws IOException, MalformedArchiveException {
      if (in.integer() <= 0) {
        throw new MalformedArchiveException("an entry of its table of contents has no number");
      }
      in.integer();
      in.skipText();
      in.skipText();
      String tag = text(in);
      String kind = text(in);
      in.integer();
      boolean ofDatabase = tag.startsWith("DATABASE ");
      String definition = "";
      if (isRead(kind, ofDatabase)) {
        definition = decode(in.text(LONGEST_STATEMENT));
      } else {
        in.skipText();
      }
      in.skipText();
      in.skipText();
      String schema = text(in);
      note(tablespaces, Encodings.clusterWide(text(in), charset));
      if (header.minorVersion() >= TABLE_ACCESS_METHOD_SINCE) {
        in.skipText();
      }
      if (header.minorVersion() >= RELATION_KIND_SINCE) {
        in.integer();
      }
      String entryOwner = text(in);
      note(roles, Encodings.clusterWide(entryOwner, charset));
      in.skipText();
      boolean more = in.skipText();
      while (more) {
        more = in.skipText();
      }
      in.skip(1 + header.offsetBytes());
      if (kind.equals("TABLE")) {
        tables.add(new DumpedTable(schema, tag));
      }
      take(new Entry(tag, kind, definition, entryOwner, ofDatabase));
    }

    private static boolean isRead(String kind, boolean ofDatabase) {
      return switch (kind) {
        case "ENCODING", "DATABASE", "DATABASE PROPERTIES" -> true;
        case "ACL", "DEFAULT ACL", "POLICY", "USER MAPPING" -> true;
        case "COMMENT", "SECURITY LABEL" -> ofDatabase;
        default -> false;
      };
    }

    private void take(Entry entry) {
      switch (entry.kind) {
        case "ENCODING" -> charset = Encodings.charsetOf(entry.definition);
        case "EXTENSION" -> extensions.add(entry.tag);
        case "DATABASE" -> {
          database = entry.tag;
          owner = entry.owner;
          create = SqlStatement.all(entry.definition).stream().findFirst();
        }
        case "DATABASE PROPERTIES" -> takeStatements(entry.definition);
        case "COMMENT", "SECURITY LABEL" -> {
          if (entry.ofDatabase) {
            takeStatements(entry.definition);
          }
        }
        case "ACL" -> {
          if (entry.ofDatabase) {
            takeStatements(entry.definition);
          } else {
            takeRoles(entry.definition);
          }
        }
        case "DEFAULT ACL", "POLICY", "USER MAPPING" -> takeRoles(entry.definition);
        default -> {
          // pg_restore's business alone.
        }
      }
    }

    private void takeStatements(String script) {
      statements.addAll(SqlStatement.all(script));
      takeRoles(script);
    }

    private void takeRoles(String script) {
      for (SqlStatement statement : SqlStatement.all(script)) {
        for (String role : RoleMentions.in(statement)) {
          note(roles, Encodings.clusterWide(role, charset));
        }
      }
    }

    private String text(ArchiveReader in) throws IOException, MalformedArchiveException {
      return decode(in.text(LONGEST_NAME));
    }

    private String decode(Optional<byte[]> bytes) {
      return bytes.map(text -> new String(text, charset)).orElse("");
    }

    private static void note(Set<String> names, String name) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }

    TableOfContents build() {
      return new TableOfContents(
          header,
          charset,
          database,
          owner,
          create,
          statements,
          extensions,
          roles,
          tablespaces,
          tables);
    }
  }

  /** One entry, as far as it is read. */
  private record Entry(
      String tag, String kind, String definition, String owner, boolean ofDatabase) {}
}
