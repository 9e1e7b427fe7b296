package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup writes of its databases' content is the same again after a restore. */
class FingerprintIT {

  private static Cluster cluster;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  @BeforeAll
  static void startServer() {
    cluster = HostServer.start();
  }

  @AfterAll
  static void stopServer() {
    cluster.close();
  }

  @BeforeEach
  void create() {
    cluster.createDatabase(
        "hf-print-app", "CREATE TABLE t AS SELECT i, i::text AS a FROM generate_series(1, 50) i");
  }

  @AfterEach
  void clear() {
    cluster.dropAllDatabases();
  }

  @Test
  void the_manifest_has_fingerprints_and_a_restored_database_has_the_same() throws IOException {
    Operator operator = operator("fingerprint: full");
    operator.holdfast("backup", "databases").ok();
    String first = manifests(operator);
    assertThat(first)
        .contains(
            "rows-hash64sum-1 definitions-2 postgresql-",
            "\"name\": \"public.t\"",
            "\"rows\": 50",
            "\"roles\"");
    String content = between(first, "\"content\": \"", "\"");
    String structure = between(first, "\"structure\": \"", "\"");
    cluster.sql("hf-print-app", "UPDATE t SET a = 'other'");

    operator.holdfast("restore", "databases", "latest", "--force").ok();
    operator.holdfast("backup", "databases").ok();

    String both = manifests(operator);
    assertThat(both.split("\"content\": \"" + content + "\"", -1)).hasSize(3);
    assertThat(both.split("\"structure\": \"" + structure + "\"", -1)).hasSize(3);
  }

  @Test
  void counts_and_none_are_what_they_say() throws IOException {
    Operator counting = operator("fingerprint: counts");
    counting.holdfast("backup", "databases").ok();
    assertThat(manifests(counting)).contains("\"rows\": 50").doesNotContain("\"content\"");

    Operator none = operator("fingerprint: none");
    none.target(folder.resolve("none")).holdfast("backup", "databases").ok();
    assertThat(Files.exists(folder.resolve("none"))).isTrue();
    assertThat(text(folder.resolve("none"))).doesNotContain("\"fingerprint\"");
  }

  private Operator operator(String line) {
    return new Operator(folder)
        .cluster("main", cluster, "databases: {include: [\"hf-print-*\"]}", line);
  }

  private static String between(String text, String from, String to) {
    int at = text.indexOf(from) + from.length();
    return text.substring(at, text.indexOf(to, at));
  }

  private String manifests(Operator operator) throws IOException {
    return text(operator.folder());
  }

  private static String text(Path below) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(below)) {
      for (Path file : files.filter(f -> f.endsWith("manifest.json")).sorted().toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }
}
