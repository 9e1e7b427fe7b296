package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.source.ArtifactContent;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database with everything in it, dropped and restored, is the one that it was. */
class EverythingIT {

  private static final List<String> ROLES =
      List.of("hf_owner", "hf_reader", "hf_writer", "hf odd \"role\"", "database", "hf_group");

  @TempDir Path folder;
  private PrivateCluster server = PrivateCluster.start();
  private Lab lab = new Lab(server);

  @BeforeEach
  void start() {
    assertThat(server.databases()).containsExactly("postgres");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void comesBackInUtf8WithAGermanLocale() throws Exception {
    survives("umig_app_db", "ENCODING 'UTF8' LOCALE 'de_DE.utf8'");
  }

  @Test
  void comesBackInLatin1() throws Exception {
    survives("latin", "ENCODING 'LATIN1' LOCALE 'C'");
  }

  @Test
  void comesBackWithAnIcuLocale() throws Exception {
    survives("icu", "ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'de-DE'");
  }

  @Test
  void comesBackUnderANameThatLooksLikeAConnectionString() throws Exception {
    survives("host=/x dbname='é\\' \"q\"; DROP %41$$", "ENCODING 'UTF8'");
  }

  @Test
  void comesBackUnderANameWithANewline() throws Exception {
    survives("two\nlines", "ENCODING 'UTF8'");
  }

  @Test
  void comesBackUnderTheLongestNameInNonAsciiLetters() throws Exception {
    survives("é".repeat(31) + "x", "ENCODING 'LATIN1' LOCALE 'C'");
  }

  @Test
  void comesBackByParallelJobsFromALocalFile() throws Exception {
    lab = new Lab(server, server.settings(3), new ProcessRunner());
    create("parallel", "ENCODING 'UTF8'");
    List<String> before = server.plainDump("parallel");
    Path file = folder.resolve("parallel.dump");
    Files.write(file, ((BytesContent) lab.dump("parallel")).bytes());
    server.sql("postgres", "DROP DATABASE parallel");

    lab.restore(lab.item("parallel", "parallel", new FileContent(file), Optional.empty(), false));

    assertThat(server.plainDump("parallel")).isEqualTo(before);
    assertThat(lab.runner.commands)
        .anySatisfy(command -> assertThat(command.argv()).contains("--jobs=3"));
  }

  @Test
  void comesBackAlongsideRolesThatWereLost() throws Exception {
    create("app", "ENCODING 'UTF8'");
    List<String> before = server.plainDump("app");
    ArtifactContent dump = lab.dump("app");
    ArtifactContent globals = lab.globals();
    String rolesBefore = rolesOf(globals);
    server.sql("postgres", "DROP DATABASE app");
    for (String role : ROLES) {
      server.sql("postgres", "DROP ROLE " + Quoting.identifier(role));
    }

    List<String> warnings = lab.restore(lab.item("app", "app", dump, Optional.of(globals), false));

    assertThat(warnings).isEmpty();
    assertThat(server.plainDump("app")).isEqualTo(before);
    assertThat(rolesOf(lab.globals())).isEqualTo(rolesBefore);
  }

  private static String rolesOf(ArtifactContent globals) {
    String text = new String(((BytesContent) globals).bytes(), StandardCharsets.UTF_8);
    assertThat(text).contains("SCRAM-SHA-256");
    return text.replaceAll("(?m)^\\\\(un)?restrict .*$", "");
  }

  private void survives(String name, String options) throws Exception {
    create(name, options);
    List<String> before = server.plainDump(name);
    ArtifactContent dump = lab.dump(name);
    server.sql("postgres", "DROP DATABASE " + Quoting.identifier(name));

    List<String> warnings = lab.restore(lab.item(name, name, dump, Optional.empty(), false));

    assertThat(warnings).isEmpty();
    assertThat(before).hasSizeGreaterThan(1000);
    assertThat(server.plainDump(name)).isEqualTo(before);
    assertThat(server.databases()).containsExactlyInAnyOrder("postgres", name);
    assertThat(propertiesOf()).contains("hf_owner", "17");
    assertThat(lab.journal.recorded).hasSize(1);
    assertThat(lab.journal.open).isEmpty();
  }

  private String propertiesOf() {
    return server
        .names(
            "postgres",
            "SELECT pg_get_userbyid(datdba) || ' ' || datconnlimit || ' ' || datacl::text"
                + " FROM pg_database WHERE datname <> 'postgres' AND NOT datistemplate")
        .get(0);
  }

  private void create(String name, String options) throws URISyntaxException {
    server.sql(
        "postgres",
        "CREATE DATABASE " + Quoting.identifier(name) + " TEMPLATE template0 " + options);
    server.script(
        name,
        Path.of(Objects.requireNonNull(EverythingIT.class.getResource("/everything.sql")).toURI()));
  }
}
