package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.source.HostScout.Cluster;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.postgres.FakeRunner.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** PostgreSQL's programs, as they are called and as their answers are judged. */
class ToolsTest {

  private static final Answer FINE = new Answer(0, "", "");
  private static final Answer NO_SERVER =
      new Answer(1, "", "pg_dump: error: connection to server on socket failed");
  private static final ArtifactId SHOP = ArtifactId.database("main", "shop");

  private final Cancellation cancellation = new Cancellation();

  private static ClusterSettings settings(int jobs) {
    return new ClusterSettings(
        "main",
        "127.0.0.1",
        5432,
        Optional.of("me"),
        Optional.of(Secret.of("hidden".toCharArray())),
        "postgres",
        List.of("*"),
        List.of(),
        true,
        new Compression.Auto(),
        jobs);
  }

  private static DumpTools tools(FakeRunner runner) {
    return new DumpTools(settings(1), runner, true);
  }

  private static ToolVersion version(String text) {
    return ToolVersion.parse(text).orElseThrow();
  }

  @Test
  void refusesAPgDumpThatIsOlderThanTheServer() {
    DumpTools tools = tools(FakeRunner.ofVersion("15.20", FINE));

    assertThatThrownBy(() -> tools.dumpVersionFor(version("16.3"), cancellation))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContainingAll("15.20", "16.3", "in container pg")
        .extracting(failure -> ((Failure) failure).hint())
        .asString()
        .contains("postgresql-client-16");
    assertThatCode(() -> tools.dumpVersionFor(version("15.99"), cancellation))
        .doesNotThrowAnyException();
    assertThatCode(() -> tools.dumpVersionFor(version("14.1"), cancellation))
        .doesNotThrowAnyException();
  }

  @Test
  void choosesTheFastestCompressionThatAPgDumpHas() {
    assertThat(option("15.20", NO_SERVER, new Compression.Auto())).isEqualTo("1");
    assertThat(option("16.3", NO_SERVER, new Compression.Auto())).isEqualTo("zstd:3");
    assertThat(
            option(
                "16.3",
                new Answer(
                    1, "", "pg_dump: error: this build does not support compression with zstd"),
                new Compression.Auto()))
        .isEqualTo("1");
    assertThat(option("15.20", NO_SERVER, new Compression.None())).isEqualTo("0");
    assertThat(option("15.20", NO_SERVER, new Compression.Gzip(7))).isEqualTo("7");
    assertThat(option("17.0", NO_SERVER, new Compression.Zstd(12))).isEqualTo("zstd:12");
  }

  @Test
  void refusesACompressionThatThePgDumpDoesNotHave() {
    assertThatThrownBy(() -> option("15.20", NO_SERVER, new Compression.Zstd(3)))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContainingAll("zstd:3", "15.20");
  }

  private String option(String version, Answer answer, Compression compression) {
    DumpTools tools = tools(FakeRunner.ofVersion(version, answer));
    return new CompressionOption(tools)
        .valueFor(compression, tools.version(DumpTools.DUMP, cancellation), cancellation);
  }

  @Test
  void leadsToolsToTheServerFromWhereTheyRun() {
    assertThat(tools(FakeRunner.ofVersion("15.1", FINE)).connectionTo("a b", cancellation))
        .isEqualTo("host='inside' port='6543' user='me' dbname='a b'");
  }

  @Test
  void passesOverTheOneErrorThatPgRestore17MakesOnOlderServers() throws IOException {
    String known =
        """
        pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "transaction_timeout"
        Command was: SET transaction_timeout = 0;
        pg_restore: warning: errors ignored on restore: 1
        """;
    String other = "pg_restore: error: could not execute query: ERROR:  out of memory\n" + known;

    assertThatCode(() -> load(new Answer(1, "", known), "17.1", "15.2")).doesNotThrowAnyException();
    assertThatThrownBy(() -> load(new Answer(1, "", other), "17.1", "15.2"))
        .isInstanceOf(SourceFailure.class);
    assertThatThrownBy(() -> load(new Answer(137, "", known), "17.1", "15.2"))
        .isInstanceOf(SourceFailure.class);
    assertThatThrownBy(() -> load(new Answer(1, "", known), "17.1", "17.0"))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("transaction_timeout");
    assertThat(load(FINE, "17.1", "15.2").commands.get(0).argv()).doesNotContain("--exit-on-error");
    assertThat(load(FINE, "15.1", "15.2").commands.get(0).argv()).contains("--exit-on-error");
  }

  private FakeRunner load(Answer answer, String tool, String server) throws IOException {
    FakeRunner runner = new FakeRunner(argv -> answer);
    new ContentLoad(settings(4), new DumpTools(settings(4), runner, true), event -> {})
        .run(
            new BytesContent("dump".getBytes(StandardCharsets.UTF_8)),
            "shop__restoring",
            new ContentLoad.Options(version(tool), version(server), true),
            cancellation);
    assertThat(runner.stdin.toString(StandardCharsets.UTF_8)).isEqualTo("dump");
    return runner;
  }

  @Test
  void letsJobsReadALocalFileWhereTheToolsSeeIt() {
    FileContent file = new FileContent(Path.of("/x/shop.dump"));
    assertThat(parallel(file, false, "15.1", 4)).isTrue();
    assertThat(parallel(file, true, "15.1", 4)).isFalse();
    assertThat(parallel(file, false, "13.1", 4)).isFalse();
    assertThat(parallel(file, false, "15.1", 1)).isFalse();
    assertThat(
            new ContentLoad(
                    settings(4),
                    new DumpTools(settings(4), new FakeRunner(argv -> FINE), false),
                    event -> {})
                .parallelFile(new BytesContent(new byte[0]), version("15.1")))
        .isEmpty();
  }

  private static boolean parallel(FileContent file, boolean inContainer, String tool, int jobs) {
    DumpTools tools = new DumpTools(settings(jobs), new FakeRunner(argv -> FINE), inContainer);
    return new ContentLoad(settings(jobs), tools, event -> {})
        .parallelFile(file, version(tool))
        .isPresent();
  }

  @Test
  void namesTheExtensionThatAServerHasToLoadAtItsStart() {
    String cron =
        """
        pg_restore: while PROCESSING TOC:
        pg_restore: from TOC entry 2; 3079 16400 EXTENSION pg_cron\s
        pg_restore: error: could not execute query: ERROR:  pg_cron can only be loaded via shared_preload_libraries
        HINT:  Add pg_cron to the shared_preload_libraries configuration variable in postgresql.conf.
        Command was: CREATE EXTENSION IF NOT EXISTS pg_cron WITH SCHEMA pg_catalog;
        """;
    String timescale =
        """
        pg_restore: error: could not execute query: FATAL:  extension "timescaledb" must be preloaded
        Command was: CREATE EXTENSION IF NOT EXISTS "timescaledb" WITH SCHEMA public;
        """;

    assertThat(ToolErrors.failed("pg_restore", "load app", new CommandResult(1, cron)))
        .hasMessageStartingWith(
            "pg_restore could not load app: extension pg_cron works only on a server that loads its"
                + " library at the start, and this one does not: ")
        .extracting(SourceFailure::hint)
        .asString()
        .contains("shared_preload_libraries", "drill: image:")
        .doesNotContain("superuser");
    assertThat(ToolErrors.failed("pg_restore", "load app", new CommandResult(1, timescale)))
        .hasMessageContaining("extension timescaledb works only");
  }

  @Test
  void inspectsADumpByItsListing() throws IOException {
    FakeRunner runner =
        new FakeRunner(argv -> new Answer(0, ";\n;     TOC Entries: 12\n;\n1; 2 3 TABLE t\n", ""));
    BytesContent content = new BytesContent(new byte[] {1, 2});

    assertThat(new DumpInspector(runner, true).inspect(SHOP, content, cancellation)).isEqualTo(12);
    assertThat(runner.stdin.toByteArray()).containsExactly(1, 2);
  }

  @Test
  void givesPgRestoreALocalFileByItsPath() throws IOException {
    FakeRunner runner = new FakeRunner(argv -> new Answer(0, ";     TOC Entries: 4\n", ""));
    FileContent file = new FileContent(Path.of("/x/shop.dump"));

    new DumpInspector(runner, false).inspect(SHOP, file, cancellation);

    assertThat(runner.commands.get(0).argv()).endsWith("--list", "/x/shop.dump");
  }

  @Test
  void refusesADumpWithPgRestoresWords() {
    BytesContent content = new BytesContent(new byte[0]);
    FakeRunner bad =
        new FakeRunner(argv -> new Answer(1, "", "pg_restore: error: input file is too short"));
    FakeRunner silent = new FakeRunner(argv -> new Answer(0, ";     TOC Entries: 0\n", ""));

    assertThatThrownBy(() -> new DumpInspector(bad, true).inspect(SHOP, content, cancellation))
        .isInstanceOf(IntegrityFailure.class)
        .hasMessageContaining("input file is too short");
    assertThatThrownBy(() -> new DumpInspector(silent, true).inspect(SHOP, content, cancellation))
        .isInstanceOf(IntegrityFailure.class)
        .hasMessageContaining("nothing in it");
  }

  @Test
  void takesNoListingAtAllForNoDamage() {
    BytesContent content = new BytesContent(new byte[] {1});
    for (String printed : List.of("", "\n", ";     TOC Ent")) {
      FakeRunner runner = new FakeRunner(argv -> new Answer(0, printed, ""));

      assertThatThrownBy(() -> new DumpInspector(runner, true).inspect(SHOP, content, cancellation))
          .isInstanceOfSatisfying(
              SourceFailure.class,
              failure ->
                  assertThat(failure)
                      .hasMessageContaining("pg_restore in container pg said that all was well")
                      .hasMessageContaining(
                          printed.isEmpty() ? "printed nothing" : "told no number of entries"));
    }
  }

  @Test
  void keepsTheEndsOfWhatPasses() throws IOException {
    String text = "BEGIN;\n" + "x".repeat(200_000) + ";\nthe end;\n";
    PassingTap tap = new PassingTap(3, 9);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    tap.pass(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), out);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(text);
    assertThat(tap.bytes()).isEqualTo(text.length());
    assertThat(tap.head().readAllBytes()).isEqualTo("BEG".getBytes(StandardCharsets.UTF_8));
    assertThat(tap.tail()).isEqualTo("the end;\n");
    assertThat(tap.statementEnds()).isEqualTo(3);
  }

  @Test
  void gathersWarningsWithoutEnd() {
    ToolWarnings warnings = new ToolWarnings();
    for (int i = 0; i < 30; i++) {
      warnings.accept("pg_dump: warning: number " + i);
      warnings.accept("pg_dump: detail: no");
    }

    assertThat(warnings.list()).hasSize(21).last().isEqualTo("and 10 more warnings");
  }

  @Test
  void seesTheClustersThatDebianListsAsOnline() {
    String listing =
        """
        14  main    5433 online,recovery postgres /var/lib/postgresql/14/main /var/log/a.log
        15  main    5432 online          postgres /var/lib/postgresql/15/main /var/log/b.log
        15  down    5434 down            postgres /var/lib/postgresql/15/down /var/log/c.log
        15  billing 5435 online          billing  /srv/pg/billing /var/log/d.log
        """;

    assertThat(LocalClusterScout.parse(listing))
        .containsExactly(
            cluster("main-14", 5433, "postgres"),
            cluster("main-15", 5432, "postgres"),
            cluster("billing", 5435, "billing"));
    assertThat(
            new LocalClusterScout(new FakeRunner(argv -> new Answer(0, listing, "")))
                .look(cancellation)
                .clusters())
        .hasSize(3);
  }

  private static Cluster cluster(String name, int port, String user) {
    return new Cluster(name, "127.0.0.1", port, Optional.of(user), Optional.empty());
  }
}
