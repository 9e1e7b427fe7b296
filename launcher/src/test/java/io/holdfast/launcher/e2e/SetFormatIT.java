package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A set on storage, as the format promises it: its id in UTC, its files, its manifest, a folder a
 * cluster where there are several, and what a selection leaves out.
 */
class SetFormatIT {

  private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss");
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

  @AfterEach
  void clear() {
    cluster.dropAllDatabases();
  }

  private Operator operator() {
    return new Operator(folder).cluster("main", cluster, "databases: {include: [\"hf-e2e-*\"]}");
  }

  private static Instant begun(String set) {
    return LocalDateTime.parse(set, ID).toInstant(ZoneOffset.UTC);
  }

  private static List<String> files(Operator operator, String set) {
    return Shell.bash(
            "cd %s; find . -type f -printf '%%P\\n' | LC_ALL=C sort"
                .formatted(operator.repository().set(set)))
        .lines()
        .toList();
  }

  @Test
  void holds_exactly_the_promised_files_under_an_id_in_utc() {
    try (Podman podman = new Podman()) {
      cluster.createDatabase("hf-e2e-db", "CREATE TABLE t AS SELECT 1 AS a");
      String volume = podman.volume("app");
      String container = podman.app("app", volume);
      Operator operator = operator().volumes(volume);
      Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      operator.holdfast("backup", "--tag", "nightly", "--note", "before \"it\"; é").ok();
      Instant after = Instant.now();

      String set = operator.repository().onlySet();
      assertThat(begun(set)).isBetween(before, after);
      assertThat(files(operator, set))
          .containsExactly(
              "RESTORE.md",
              "checksums.sha256",
              "containers/" + container + ".json",
              "databases/globals.sql",
              "databases/hf-e2e-db.dump",
              "manifest.json",
              "volumes/" + volume + ".mtree.gz",
              "volumes/" + volume + ".tar.gz");
      operator.repository().assertWhole(set);
      assertThat(operator.repository().root()).isDirectoryContaining("glob:**/README.md");
      assertManifest(operator.repository().manifest(set), set, before, after);
      for (String kindAndName :
          List.of(
              "DATABASE hf-e2e-db",
              "GLOBALS globals",
              "VOLUME " + volume,
              "CONTAINER " + container)) {
        String[] parts = kindAndName.split(" ", 2);
        assertArtifact(operator, set, operator.repository().artifact(set, parts[0], parts[1]));
      }
      JsonNode database = operator.repository().artifact(set, "DATABASE", "hf-e2e-db");
      assertThat(database.get("serverVersion").asString()).startsWith("15.");
      assertThat(database.get("dumpToolVersion").asString()).contains("15.");
      operator.holdfast("show", set).ok().tells("nightly", "hf-e2e-db", volume, container);
      operator.holdfast("list").ok().tells(set, "nightly");
    }
  }

  private static void assertManifest(JsonNode manifest, String set, Instant before, Instant after) {
    assertThat(manifest.get("formatVersion").asString()).isEqualTo("1.0");
    assertThat(manifest.get("id").asString()).isEqualTo(set);
    assertThat(manifest.get("host").asString()).isEqualTo("hf-e2e-host");
    assertThat(manifest.get("toolVersion").asString()).isNotBlank();
    assertThat(manifest.get("status").asString()).isEqualTo("COMPLETE");
    assertThat(manifest.get("tag").asString()).isEqualTo("nightly");
    assertThat(manifest.get("note").asString()).isEqualTo("before \"it\"; é");
    assertThat(Instant.parse(manifest.get("started").asString())).isBetween(before, after);
    assertThat(Instant.parse(manifest.get("finished").asString())).isBetween(before, after);
  }

  private static void assertArtifact(Operator operator, String set, JsonNode artifact) {
    Path file = operator.repository().set(set).resolve(artifact.get("path").asString());
    assertThat(file).hasSize(artifact.get("storedBytes").asLong());
    assertThat(Shell.call("sha256sum", file.toString()))
        .startsWith(artifact.get("sha256").asString() + " ");
    assertThat(artifact.get("sourceBytes").asLong()).isPositive();
    assertThat(artifact.get("entries").asLong()).isPositive();
    assertThat(artifact.get("seconds").isNumber()).isTrue();
    assertThat(artifact.get("encoding").asString())
        .isEqualToIgnoringCase(file.toString().endsWith(".gz") ? "gzip" : "none");
  }

  @Test
  void a_taken_id_moves_on_to_the_next_free_second() {
    cluster.createDatabase("hf-e2e-db");
    Operator operator = operator();
    Repository repository = operator.repository();
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    List<String> taken = new ArrayList<>();
    for (int second = -1; second < 60; second++) {
      taken.add(ID.format(now.plusSeconds(second).atOffset(ZoneOffset.UTC)));
    }
    Shell.bash(
        "cd %s; for id in %s; do mkdir -m 700 $id; echo x > $id/a; (cd $id; sha256sum a > checksums.sha256); done"
            .formatted(repository.root(), String.join(" ", taken)));

    operator.holdfast("backup", "databases").ok();

    List<String> made = new ArrayList<>(repository.published());
    made.removeAll(taken);
    assertThat(made).containsExactly(ID.format(now.plusSeconds(60).atOffset(ZoneOffset.UTC)));
    taken.forEach(id -> assertThat(files(operator, id)).containsExactly("a", "checksums.sha256"));
    repository.assertWhole(made.get(0));
  }

  @Test
  void two_clusters_have_a_folder_each_and_restore_from_it() {
    try (Cluster second = HostServer.start()) {
      cluster.createDatabase("hf-e2e-db", "CREATE TABLE t AS SELECT 'first' AS a");
      second.createDatabase("hf-e2e-db", "CREATE TABLE t AS SELECT 'second' AS a");
      Operator operator =
          operator().cluster("other", second, "databases: {include: [\"hf-e2e-*\"]}");
      operator.holdfast("backup").ok();
      String set = operator.repository().onlySet();

      assertThat(files(operator, set))
          .contains(
              "databases/main/globals.sql",
              "databases/main/hf-e2e-db.dump",
              "databases/other/globals.sql",
              "databases/other/hf-e2e-db.dump");
      second.dropDatabase("hf-e2e-db");
      operator.holdfast("restore", "databases", set, "--only", "other/hf-e2e-db").ok();
      assertThat(second.query("hf-e2e-db", "SELECT a FROM t")).containsExactly("second");
      assertThat(cluster.query("hf-e2e-db", "SELECT a FROM t")).containsExactly("first");
    }
  }

  @Test
  void a_selection_leaves_out_the_rest() {
    try (Podman podman = new Podman()) {
      cluster.createDatabase("hf-e2e-a").createDatabase("hf-e2e-b").createDatabase("other");
      String volume = podman.volume("app");
      String second = podman.volume("second");
      Operator operator = operator().volumes(podman.prefix() + "*");

      assertThat(kept(operator, "backup", "databases"))
          .containsExactly(
              "databases/globals.sql", "databases/hf-e2e-a.dump", "databases/hf-e2e-b.dump");
      assertThat(kept(operator, "backup", "volumes"))
          .containsExactly(
              "volumes/" + volume + ".mtree.gz",
              "volumes/" + volume + ".tar.gz",
              "volumes/" + second + ".mtree.gz",
              "volumes/" + second + ".tar.gz");
      assertThat(kept(operator, "backup", "--only", "hf-e2e-b", "--only", second))
          .containsExactly(
              "databases/globals.sql",
              "databases/hf-e2e-b.dump",
              "volumes/" + second + ".mtree.gz",
              "volumes/" + second + ".tar.gz");
      assertThat(kept(operator, "backup", "all")).hasSize(7);
    }
  }

  @Test
  void globs_exclude_and_globals_can_be_left_out() {
    cluster.createDatabase("hf-e2e-a").createDatabase("hf-e2e-b").createDatabase("other");
    Operator operator =
        new Operator(folder)
            .cluster(
                "main",
                cluster,
                "databases: {include: [\"*\"], exclude: [\"*-b\", postgres]}",
                "globals: false");

    assertThat(kept(operator, "backup", "databases"))
        .containsExactly("databases/hf-e2e-a.dump", "databases/other.dump");
  }

  /** The artifacts of the set that a command makes. */
  private static List<String> kept(Operator operator, String... command) {
    operator.holdfast(command).ok();
    return files(operator, operator.repository().newestSet()).stream()
        .filter(file -> file.contains("/"))
        .toList();
  }
}
