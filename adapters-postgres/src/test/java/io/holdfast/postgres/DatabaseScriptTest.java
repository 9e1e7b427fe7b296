package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;

/** Statements about a database, made to speak of another. */
class DatabaseScriptTest {

  private static DatabaseScript script(String database, String quoted, String... properties)
      throws Exception {
    ArchiveBytes archive =
        new ArchiveBytes(14)
            .entry(
                database,
                "DATABASE",
                "CREATE DATABASE "
                    + quoted
                    + " WITH TEMPLATE = template0 ENCODING = 'LATIN1' TABLESPACE = \"fa st\""
                    + " LOCALE_PROVIDER = libc LC_COLLATE = 'de_DE' LC_CTYPE = 'C';\n",
                "the \"owner\"");
    for (String property : properties) {
      archive.entry(database, "DATABASE PROPERTIES", property, "the \"owner\"");
    }
    return new DatabaseScript(TableOfContents.read(archive.stream()), "new \"name\"");
  }

  @Property
  void createsItUnderTheNewNameWhateverTheOldOneWas(@ForAll @NotEmpty String old) throws Exception {
    String sql = script(old, Quoting.identifier(old)).create(true, 15);

    assertThat(sql)
        .startsWith("CREATE DATABASE \"new \"\"name\"\"\" WITH TEMPLATE = template0")
        .endsWith("LC_COLLATE = 'de_DE' LC_CTYPE = 'C'");
  }

  @Example
  void leavesAMissingTablespaceOut() throws Exception {
    assertThat(script("shop", "shop").create(false, 15))
        .doesNotContain("TABLESPACE", "fa st")
        .contains("ENCODING = 'LATIN1'", "LC_CTYPE = 'C'");
  }

  @Example
  void leavesTheUsualProviderOutWhereTheServerKnowsOfNone() throws Exception {
    assertThat(script("shop", "shop").create(true, 15)).contains("LOCALE_PROVIDER = libc");
    assertThat(script("shop", "shop").create(true, 14))
        .doesNotContain("LOCALE_PROVIDER", "libc")
        .contains("TABLESPACE", "LC_COLLATE");
  }

  @Example
  void readsTheOptionsOfTheCreation() throws Exception {
    DatabaseScript script = script("shop", "shop");

    assertThat(script.option("ENCODING")).contains("LATIN1");
    assertThat(script.option("TABLESPACE")).contains("fa st");
    assertThat(script.option("LOCALE")).isEmpty();
  }

  @Example
  void putsOwnerAndSettingsBeforeTheContentAndTheRestAfterIt() throws Exception {
    DatabaseScript script =
        script(
            "shop",
            "shop",
            "ALTER DATABASE shop CONNECTION LIMIT = 7;\nALTER DATABASE shop SET a TO 'DATABASE"
                + " shop; x';\nALTER DATABASE shop IS_TEMPLATE = true;\nALTER ROLE r IN DATABASE"
                + " shop SET b TO $$DATABASE shop$$;\nREVOKE ALL ON DATABASE shop FROM PUBLIC;\n");

    assertThat(script.beforeContent())
        .isEqualTo(
            List.of(
                "ALTER DATABASE \"new \"\"name\"\"\" OWNER TO \"the \"\"owner\"\"\"",
                "ALTER DATABASE \"new \"\"name\"\"\" SET a TO 'DATABASE shop; x'",
                "ALTER ROLE r IN DATABASE \"new \"\"name\"\"\" SET b TO $$DATABASE shop$$"));
    assertThat(script.afterContent())
        .isEqualTo(
            List.of(
                "ALTER DATABASE \"new \"\"name\"\"\" CONNECTION LIMIT = 7",
                "ALTER DATABASE \"new \"\"name\"\"\" IS_TEMPLATE = true",
                "REVOKE ALL ON DATABASE \"new \"\"name\"\"\" FROM PUBLIC"));
  }

  @Example
  void tellsARoleCalledDatabaseFromTheDatabase() throws Exception {
    assertThat(
            script("set", "\"set\"", "ALTER ROLE database IN DATABASE \"set\" SET a TO '1';")
                .beforeContent())
        .contains("ALTER ROLE database IN DATABASE \"new \"\"name\"\"\" SET a TO '1'");
  }

  @Example
  void makesADatabaseOfDefaultsWhereTheDumpHasNoCreation() throws Exception {
    TableOfContents contents =
        TableOfContents.read(new ArchiveBytes(14).entry("t", "TABLE", "", "").stream());

    assertThat(new DatabaseScript(contents, "x").create(true, 15))
        .isEqualTo("CREATE DATABASE \"x\" TEMPLATE template0");
  }
}
