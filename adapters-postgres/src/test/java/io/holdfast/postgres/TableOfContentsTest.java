package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The head of a dump. */
class TableOfContentsTest {

  private static ArchiveBytes shop(int minor) {
    return new ArchiveBytes(minor)
        .entry("ENCODING", "ENCODING", "SET client_encoding = 'UTF8';\n", "")
        .entry("shop", "DATABASE", "CREATE DATABASE shop WITH TEMPLATE = template0;\n", "olga")
        .entry("DATABASE shop", "COMMENT", "COMMENT ON DATABASE shop IS 'x;y';\n", "olga")
        .entry("shop", "DATABASE PROPERTIES", "ALTER DATABASE shop SET a = 'b';\n", "olga")
        .entry("hstore", "EXTENSION", "CREATE EXTENSION hstore;\n", "")
        .entry("TABLE t", "COMMENT", "COMMENT ON TABLE t IS 'y';\n", "tom")
        .entry("t", "TABLE", "CREATE TABLE t ();\n", "tom", "fast")
        .entry("TABLE t", "ACL", "GRANT SELECT(\"to\") ON TABLE t TO ann, \"B b\";\n", "tom")
        .entry("DATABASE shop", "ACL", "GRANT CONNECT ON DATABASE shop TO zoe;\n", "olga");
  }

  @Property
  void isReadInEveryKnownVersion(@ForAll @IntRange(min = 12, max = 16) int minor) throws Exception {
    TableOfContents contents = TableOfContents.read(shop(minor).stream());

    assertThat(contents.header()).isEqualTo(new ArchiveHeader(minor, 8, "16.3", "17.1", 9));
    assertThat(contents.database()).isEqualTo("shop");
    assertThat(contents.owner()).isEqualTo("olga");
    assertThat(contents.create().orElseThrow().sql())
        .isEqualTo("CREATE DATABASE shop WITH TEMPLATE = template0");
    assertThat(contents.statements())
        .extracting(SqlStatement::sql)
        .containsExactly(
            "COMMENT ON DATABASE shop IS 'x;y'",
            "ALTER DATABASE shop SET a = 'b'",
            "GRANT CONNECT ON DATABASE shop TO zoe");
    assertThat(contents.extensions()).containsExactly("hstore");
    assertThat(contents.roles()).containsExactly("B b", "ann", "olga", "tom", "zoe");
    assertThat(contents.tablespaces()).containsExactly("fast");
  }

  @Property
  void isMalformedWhereverItIsCut(
      @ForAll @IntRange(min = 12, max = 16) int minor, @ForAll @IntRange(min = 1) int cut) {
    byte[] whole = shop(minor).bytes();
    byte[] part = Arrays.copyOf(whole, whole.length - 1 - cut % (whole.length - 1));

    assertThatThrownBy(() -> TableOfContents.read(new ByteArrayInputStream(part)))
        .isInstanceOf(MalformedArchiveException.class);
  }

  @Property
  void neverEndsInABugWhateverTheBytesAre(
      @ForAll @IntRange(min = 0) int position, @ForAll byte value) throws IOException {
    byte[] bytes = shop(16).bytes();
    bytes[position % bytes.length] = value;
    try {
      assertThat(TableOfContents.read(new ByteArrayInputStream(bytes)).header().entries())
          .isPositive();
    } catch (MalformedArchiveException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Property(tries = 1)
  void readsNamesAsTheClusterSpellsThem() throws Exception {
    String seenFromLatin1 =
        new String("jürgen".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    TableOfContents contents =
        TableOfContents.read(
            new ArchiveBytes(14, StandardCharsets.ISO_8859_1)
                    .entry("ENCODING", "ENCODING", "SET client_encoding = 'LATIN1';\n", "")
                    .entry("müll", "DATABASE", "CREATE DATABASE \"müll\";", seenFromLatin1)
                    .stream());

    assertThat(contents.roles()).containsExactly("jürgen");
    assertThat(contents.owner()).isEqualTo(seenFromLatin1);
    assertThat(contents.database()).isEqualTo("müll");
  }

  @Property(tries = 1)
  void refusesWhatIsNoCustomDump() {
    assertMalformed("-- PostgreSQL database dump\n", "does not begin");
    assertMalformed("PGDMP\u0001\u000b\u0000", "version 1.11");
    assertMalformed("PGDMP\u0002\u0000\u0000", "version 2.0");
    assertMalformed("PGDMP\u0001\u000e\u0000\u0004\u0008\u0003", "format is not custom");
    assertMalformed("PGDMP\u0001\u000e\u0000c\u0008\u0001", "numbers are 99 bytes");
    assertThatThrownBy(() -> TableOfContents.read(new ArchiveBytes(14).stream()))
        .isInstanceOf(MalformedArchiveException.class)
        .hasMessageContaining("empty");
  }

  private static void assertMalformed(String bytes, String message) {
    assertThatThrownBy(
            () ->
                TableOfContents.read(
                    new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1))))
        .isInstanceOf(MalformedArchiveException.class)
        .hasMessageContaining(message);
  }
}
