package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Drills prove that what comes back is what was there: of a set as it was made, and not of sets in
 * which one thing is otherwise though every checksum is right.
 */
class DrillIT {

  private static final String DATABASE = "hf-drill-db";
  private static final String RETAR =
      """
      D=$(mktemp -d)
      tar --numeric-owner -C $D -xpzf $FILE
      (cd $D; %s)
      tar --numeric-owner -C $D -czf $FILE .
      rm -rf $D
      """;

  @TempDir(deletionStrategy = ByShell.class)
  static Path folder;

  private static Podman podman;
  private static Cluster cluster;
  private static String volume;
  private static String drills;
  private static Repository repository;
  private static String databases;
  private static String volumes;

  @BeforeAll
  static void begin() {
    podman = new Podman();
    cluster = HostServer.start();
    volume = podman.volume("drill");
    drills = drillFolder();
    fill(cluster, volume);
    Operator operator = operator("source");
    operator.holdfast("backup", "databases").ok();
    operator.holdfast("backup", "volumes").ok();
    repository = operator.repository();
    databases = repository.published().get(0);
    volumes = repository.published().get(1);
  }

  @AfterAll
  static void end() {
    cluster.close();
    podman.close();
  }

  /** A folder that another user may pass through, as /var/tmp is. */
  static String drillFolder() {
    String made = Shell.scratchFolder("drills");
    Shell.call("chmod", "711", made);
    return made;
  }

  static void fill(Cluster cluster, String volume) {
    cluster.sql(
        "postgres",
        "CREATE ROLE drill_owner LOGIN PASSWORD 'hf-drill'",
        "CREATE ROLE drill_reader NOLOGIN",
        "GRANT drill_reader TO drill_owner");
    cluster.createDatabase(
        DATABASE,
        "CREATE TABLE orders (id serial PRIMARY KEY, what text, at timestamptz DEFAULT now())",
        "ALTER TABLE orders OWNER TO drill_owner",
        "INSERT INTO orders (what) SELECT 'order ' || i FROM generate_series(1, 500) AS i",
        "CREATE TABLE notes (id int PRIMARY KEY, body text)",
        "INSERT INTO notes VALUES (1, 'one'), (2, 'two')",
        "SELECT lo_from_bytea(0, 'a large object')");
    Shell.bash(
        """
        cd %s
        mkdir -p attachments/3
        echo report > attachments/3/report.pdf
        echo picture > attachments/picture.png
        chown -R 77:78 attachments; chmod 640 attachments/picture.png
        """
            .formatted(Podman.folder(volume)));
  }

  private static Operator operator(String name) {
    try {
      Path own = Files.createDirectories(folder.resolve(name));
      return new Operator(own)
          .cluster("main", cluster, "databases: {include: [\"" + DATABASE + "\"]}")
          .volumes(volume)
          .setting("objectives: {rto: 15m}");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Operator drilling(String name) {
    return operator(name).setting("drill: {folder: " + drills + "}");
  }

  private static void assertNothingLeft() {
    assertThat(Path.of(drills)).isEmptyDirectory();
    assertThat(Shell.call("podman", "volume", "ls", "--quiet"))
        .doesNotContainPattern("holdfast-drill-\\w+-\\d+-" + volume);
  }

  @Test
  void a_set_in_a_container_of_the_sources_image_is_proven_equal() {
    String data = podman.volume("pg");
    Cluster inContainer = podman.postgres("pg", data);
    fill(inContainer, podman.volume("more"));
    Operator operator =
        new Operator(folder)
            .cluster(
                "main",
                inContainer,
                "tools: container:" + podman.prefix() + "pg",
                "databases: {include: [\"" + DATABASE + "\"]}")
            .volumes(podman.prefix() + "more")
            .alsoTarget("second", "file://" + folder + "/second")
            .setting("objectives: {rto: 15m}")
            .setting("drill:")
            .setting("  folder: " + drills)
            .setting("  assertions:")
            .setting("    - {name: orders, sql: orders.sql, database: main/" + DATABASE + "}")
            .setting("    - name: look")
            .setting("      command: [sh, -c, 'test -S $HOLDFAST_DRILL_SOCKET_MAIN/.s.PGSQL.5432']")
            .setting("    - name: inside")
            .setting("      command: [psql, -d, " + DATABASE + ", -c, 'SELECT 1']")
            .setting("      cluster: main");
    Operator.write(
        folder.resolve("orders.sql"),
        "SELECT count(*) = 500 FROM orders;\nSELECT body <> '' FROM notes;\n");
    operator.holdfast("backup").ok();
    String set = operator.repository().onlySet();

    Outcome drill = operator.javaOptions("-Xmx128m").holdfast("drill", "--json").ok();

    JsonNode shown = drill.json().get("drills").get(0);
    assertThat(shown.get("proven").asBoolean()).as(drill.told()).isTrue();
    assertThat(shown.get("set").asString()).isEqualTo(set);
    assertThat(shown.get("artifacts")).hasSize(3);
    shown
        .get("artifacts")
        .forEach(
            artifact ->
                assertThat(artifact.get("compared").asString())
                    .as(artifact.toString())
                    .doesNotStartWith("nothing"));
    assertThat(shown.get("assertions")).hasSize(3);
    assertThat(shown.get("restoreSeconds").asDouble()).isPositive();
    for (String target : List.of("target", "second")) {
      assertThat(folder.resolve(target).resolve(".holdfast/drills").resolve(set))
          .isDirectoryContaining(file -> file.toString().endsWith(".json"));
    }
    assertThat(operator.state().resolve("drills"))
        .isDirectoryContaining(file -> file.toString().endsWith(".json"));
    assertNothingLeft();
    assertThat(Shell.call("podman", "ps", "--all", "--format={{.Names}} {{.Mounts}}"))
        .doesNotContain(drills);
  }

  @Test
  void a_set_on_a_server_of_the_hosts_programs_is_proven_equal_and_the_last_line_says_so() {
    Outcome drill = drilling("whole").target(repository.root()).holdfast("drill", databases).ok();

    assertThat(drill.stdout().lines().reduce((a, b) -> b).orElse(""))
        .startsWith("PROVEN: set " + databases + " from target local restores; 1 database, ")
        .contains("(objective 15 min");
    assertThat(drill.stderr()).contains("a private server of /usr/lib/postgresql/15/bin");
    assertNothingLeft();
  }

  /** What is otherwise, and what has to be named. */
  enum Tampering {
    ROW("UPDATE notes SET body = 'forged' WHERE id = 2", "table public.notes"),
    TABLE("TRUNCATE notes", "table public.notes had 2 rows, has 0"),
    ROLE("GLOBALS", "role drill_reader is missing"),
    BYTE("printf R | dd of=attachments/3/report.pdf conv=notrunc status=none", "report.pdf"),
    MODE("chmod 644 attachments/picture.png", "attachments/picture.png"),
    OWNER("chown 79 attachments/picture.png", "attachments/picture.png"),
    FILE("rm attachments/3/report.pdf", "attachments/3/report.pdf");

    private final String script;
    private final String names;

    Tampering(String script, String names) {
      this.script = script;
      this.names = names;
    }

    boolean ofVolume() {
      return compareTo(ROLE) > 0;
    }
  }

  @ParameterizedTest
  @EnumSource(Tampering.class)
  void what_is_otherwise_is_named_though_every_checksum_is_right(Tampering tampering) {
    String set = tampering.ofVolume() ? volumes : databases;
    Forgery forgery = Forgery.of(repository, set, folder.resolve("forged-" + tampering));
    switch (tampering) {
      case ROW, TABLE -> {
        cluster.sql("postgres", "CREATE DATABASE forged TEMPLATE \"" + DATABASE + "\"");
        cluster.sql("forged", tampering.script);
        forgery.change(
            "DATABASE",
            DATABASE,
            "PGPASSWORD=%s pg_dump -h 127.0.0.1 -p %d -U %s -Fc -f $FILE forged"
                .formatted(cluster.password(), cluster.port(), Cluster.ADMIN));
        cluster.dropDatabase("forged");
      }
      case ROLE -> forgery.change("GLOBALS", "globals", "sed -i /drill_reader/d $FILE");
      case BYTE, MODE, OWNER, FILE ->
          forgery.change("VOLUME", volume, RETAR.formatted(tampering.script));
    }

    Outcome drill =
        drilling("forged-" + tampering + "-by")
            .target(forgery.target())
            .holdfast("drill")
            .exits(13)
            .tells("DIFFERENT", tampering.names, "NOT PROVEN: set " + set);

    assertThat(drill.stdout().lines().filter(line -> line.startsWith("DIFFERENT")))
        .as(drill.told())
        .hasSize(1);
    assertNothingLeft();
  }

  @Test
  void an_assertion_that_does_not_hold_ends_in_13_and_a_missed_objective_in_15() {
    Operator.write(folder.resolve("false.sql"), "SELECT true; SELECT count(*) > 600 FROM orders;");
    operator("assertion")
        .setting("drill:")
        .setting("  folder: " + drills)
        .setting(
            "  assertions: [{name: many, sql: "
                + folder
                + "/false.sql, database: "
                + DATABASE
                + "}]")
        .target(repository.root())
        .holdfast("drill", databases)
        .exits(13)
        .tells("assertion many: statement 2 returned 'f'");

    new Operator(folder.resolve("assertion"))
        .cluster("main", cluster)
        .setting("objectives: {rto: 1s}")
        .setting("drill: {folder: " + drills + "}")
        .target(repository.root())
        .holdfast("drill", databases)
        .exits(15)
        .tells("TOO SLOW: set " + databases);
    assertNothingLeft();
  }
}
