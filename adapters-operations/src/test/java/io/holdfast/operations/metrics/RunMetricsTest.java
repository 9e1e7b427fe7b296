package io.holdfast.operations.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.testing.MemoryDrillLedger;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunFacts.TargetFact;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.domain.recovery.Objectives;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMetricsTest {

  private static final Instant STARTED = Instant.parse("2026-11-22T02:00:00Z");

  @TempDir Path folder;
  private final FakeJournal journal = new FakeJournal();
  private final MemoryDrillLedger ledger = new MemoryDrillLedger();

  @Test
  void a_backup_is_told_with_its_artifacts_and_targets() throws IOException {
    journal.totals.put(RunKind.BACKUP, Map.of(RunOutcome.SUCCEEDED, 41L, RunOutcome.FAILED, 2L));

    assertThat(metrics().ended(backup(0), Optional.empty())).isEmpty();

    assertThat(lines())
        .contains(
            "holdfast_last_success_timestamp_seconds{command=\"backup\",host=\"umig\"}"
                + " 1.79531289E9",
            "holdfast_last_run_timestamp_seconds{command=\"backup\",host=\"umig\"} 1.79531289E9",
            "holdfast_last_run_duration_seconds{command=\"backup\",host=\"umig\"} 90.0",
            "holdfast_last_run_exit_code{command=\"backup\",host=\"umig\"} 0.0",
            "holdfast_runs_total{command=\"backup\",host=\"umig\",outcome=\"succeeded\"} 41.0",
            "holdfast_runs_total{command=\"backup\",host=\"umig\",outcome=\"failed\"} 2.0",
            "holdfast_artifact_stored_bytes{artifact=\"database \\\"a\\\\b\\\"\",host=\"umig\"}"
                + " 2048.0",
            "holdfast_artifact_source_bytes{artifact=\"database \\\"a\\\\b\\\"\",host=\"umig\"}"
                + " 4096.0",
            "holdfast_artifact_duration_seconds{artifact=\"database \\\"a\\\\b\\\"\",host=\"umig\"}"
                + " 1.5",
            "holdfast_artifact_last_run_success{artifact=\"volume v\",host=\"umig\"} 0.0",
            "holdfast_target_last_run_success{host=\"umig\",target=\"nas\"} 0.0",
            "holdfast_target_failures_total{host=\"umig\",target=\"nas\"} 1.0",
            "holdfast_target_failures_total{host=\"umig\",target=\"local\"} 0.0",
            "holdfast_objective_rpo_seconds{host=\"umig\"} 86400.0",
            "holdfast_build_info{host=\"umig\",version=\"1.2\"} 1")
        .noneMatch(line -> line.startsWith("holdfast_artifact_stored_bytes{artifact=\"volume"));
  }

  @Test
  void drills_are_told_with_what_they_say_of_the_newest_set() throws IOException {
    ledger.add(drill(STARTED, 41));
    metrics().ended(backup(0), Optional.empty());
    assertThat(lines())
        .contains(
            "holdfast_last_drill_timestamp_seconds{host=\"umig\"} 1.7953128E9",
            "holdfast_drill_proven{host=\"umig\"} 1.0",
            "holdfast_restore_measured_seconds{host=\"umig\"} 41.0",
            "holdfast_restore_projected_seconds{host=\"umig\"} 82.0");
    ledger.add(drill(STARTED.plusSeconds(9), 50, "no room"));
    metrics().ended(backup(12), Optional.empty());
    assertThat(lines())
        .contains(
            "holdfast_drill_proven{host=\"umig\"} 0.0",
            "holdfast_restore_measured_seconds{host=\"umig\"} 41.0");
  }

  @Test
  void a_backup_of_a_few_names_or_of_one_kind_does_not_pass_for_all_of_the_host()
      throws IOException {
    ledger.add(drill(STARTED, 41));
    RunMetrics metrics = metrics();
    metrics.ended(backup(0), Optional.empty());
    metrics.ended(whole(Map.of()), Optional.empty());
    assertThat(lines()).contains("holdfast_restore_projected_seconds{host=\"umig\"} 82.0");

    metrics.ended(whole(Map.of(ArtifactKind.VOLUME, 1024L)), Optional.empty());
    assertThat(lines()).contains("holdfast_restore_projected_seconds{host=\"umig\"} 123.0");

    metrics.ended(
        whole(Map.of(ArtifactKind.DATABASE, 4096L, ArtifactKind.VOLUME, 0L)), Optional.empty());
    assertThat(lines()).contains("holdfast_restore_projected_seconds{host=\"umig\"} 164.0");
  }

  /** A backup of a single byte, and the kinds that it tells to hold all of. */
  private static Run whole(Map<ArtifactKind, Long> bytes) {
    return run(
        RunKind.BACKUP,
        0,
        0,
        new RunFacts(
            List.of(),
            List.of(new ArtifactFact("volume v", 1, 1, 1, Optional.empty())),
            List.of(),
            List.of(),
            Optional.of(new RunFacts.Whole(bytes))));
  }

  /** A drill of 1024 bytes. */
  static DrillRecord drill(Instant started, long seconds, String... problems) {
    return new DrillRecord(
        new SetId(STARTED),
        "local",
        "umig",
        started,
        Duration.ofSeconds(2 * seconds),
        Duration.ofSeconds(seconds),
        1024,
        true,
        List.of(),
        List.of(),
        List.of(),
        List.of(problems),
        Optional.empty());
  }

  @Test
  void the_last_success_survives_any_number_of_failures_and_other_processes() throws IOException {
    metrics().ended(backup(0), Optional.empty());
    for (int i = 1; i <= 3; i++) {
      metrics().ended(backup(12, i * 86_400L), Optional.empty());
    }

    assertThat(value("holdfast_last_success_timestamp_seconds")).isEqualTo(ended(0));
    assertThat(value("holdfast_last_run_timestamp_seconds")).isEqualTo(ended(3 * 86_400L));
    assertThat(value("holdfast_last_run_exit_code")).isEqualTo(12);
    assertThat(lines())
        .contains("holdfast_target_failures_total{host=\"umig\",target=\"nas\"} 4.0");
  }

  @Test
  void what_was_not_taken_by_a_notifier_is_counted() throws IOException {
    RunMetrics metrics = metrics();
    metrics.notified("chat", false);
    metrics.notified("chat", true);
    metrics.notified("mail", true);
    metrics.ended(backup(0), Optional.empty());
    metrics.ended(backup(0), Optional.empty());

    assertThat(lines())
        .contains(
            "holdfast_notifier_failures_total{host=\"umig\",notifier=\"chat\"} 1.0",
            "holdfast_notifier_failures_total{host=\"umig\",notifier=\"mail\"} 0.0");
  }

  @Test
  void missed_objectives_are_counted_until_they_are_met() throws IOException {
    metrics().objectives(List.of("a", "b"));
    assertThat(lines()).contains("holdfast_objectives_missed{host=\"umig\"} 2.0");

    metrics().objectives(List.of());
    assertThat(lines()).contains("holdfast_objectives_missed{host=\"umig\"} 0.0");
  }

  @Test
  void the_text_file_can_be_read_by_others_and_nothing_is_left_beside_it() throws IOException {
    Files.createDirectories(textFile().getParent());
    Files.writeString(textFile().resolveSibling(".holdfast.prom.tmp"), "what a kill left");

    metrics().ended(backup(0), Optional.empty());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(textFile())))
        .isEqualTo("rw-r--r--");
    try (Stream<Path> files = Files.list(textFile().getParent())) {
      assertThat(files).containsExactly(textFile());
    }
  }

  @Test
  void a_folder_that_is_not_there_is_told_and_the_figures_are_kept() {
    RunMetrics lost = metrics(folder.resolve("none/holdfast.prom"));

    assertThat(lost.ended(backup(0), Optional.empty()))
        .containsExactly(
            "metrics: cannot write "
                + folder
                + "/none/holdfast.prom: its folder does not exist; make it, or correct"
                + " metrics.textfile");
    assertThat(served(lost)).contains("holdfast_last_success_timestamp_seconds{");
  }

  @Test
  void what_is_gone_is_forgotten_and_there_are_never_too_many() {
    RunMetrics metrics = metrics();
    metrics.ended(backup(0), Optional.empty());
    List<ArtifactFact> many =
        IntStream.range(0, 1500)
            .mapToObj(i -> new ArtifactFact("volume " + i, 1, 1, 1, Optional.empty()))
            .toList();
    RunFacts facts = new RunFacts(List.of(), many, List.of(), List.of());

    metrics.ended(run(RunKind.BACKUP, 0, 61 * 86_400L, facts), Optional.empty());

    assertThat(served(metrics).lines().filter(l -> l.startsWith("holdfast_artifact_stored_bytes{")))
        .hasSize(1000)
        .noneMatch(line -> line.contains("database"));
  }

  @Test
  void a_damaged_memory_begins_anew() throws IOException {
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(folder.resolve("state/metrics.properties"), "\\uXXXX");

    assertThat(metrics().ended(backup(0), Optional.empty())).isEmpty();
    assertThat(value("holdfast_last_run_exit_code")).isZero();
  }

  @Test
  void runs_that_end_at_once_are_all_counted() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<String>>> ends = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        ends.add(threads.submit(() -> metrics().ended(backup(12), Optional.empty())));
      }
      for (Future<List<String>> end : ends) {
        assertThat(end.get()).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(lines())
        .contains("holdfast_target_failures_total{host=\"umig\",target=\"nas\"} 12.0");
  }

  @Test
  void the_same_is_served() throws Exception {
    RunMetrics metrics = metrics();
    metrics.ended(backup(0), Optional.empty());
    try (MetricsServer server =
        MetricsServer.start(InetSocketAddress.createUnresolved("127.0.0.1", 0), metrics)) {
      String root = "http://127.0.0.1:" + server.address().getPort();

      HttpResponse<String> page = get(root + "/metrics");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
      assertThat(page.body()).isEqualTo(Files.readString(textFile()));
      assertThat(get(root + "/").statusCode()).isEqualTo(404);
    }
  }

  private static HttpResponse<String> get(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private static String served(RunMetrics metrics) {
    try (MetricsServer server =
        MetricsServer.start(InetSocketAddress.createUnresolved("127.0.0.1", 0), metrics)) {
      return get("http://127.0.0.1:" + server.address().getPort() + "/metrics").body();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private RunMetrics metrics() {
    try {
      Files.createDirectories(textFile().getParent());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return metrics(textFile());
  }

  private RunMetrics metrics(Path textFile) {
    Objectives objectives = new Objectives(Optional.of(Duration.ofDays(1)), Optional.empty());
    return new RunMetrics(
        new Subject("umig", "1.2", objectives),
        folder.resolve("state"),
        Optional.of(textFile),
        journal,
        ledger,
        InstantSource.fixed(STARTED));
  }

  private Path textFile() {
    return folder.resolve("text/holdfast.prom");
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(textFile());
  }

  private double value(String name) throws IOException {
    String prefix = name + "{command=\"backup\",host=\"umig\"} ";
    return lines().stream()
        .filter(line -> line.startsWith(prefix))
        .mapToDouble(line -> Double.parseDouble(line.substring(prefix.length())))
        .findFirst()
        .orElseThrow();
  }

  private static double ended(long later) {
    return STARTED.plusSeconds(later + 90).getEpochSecond();
  }

  private static Run backup(int exitCode) {
    return backup(exitCode, 0);
  }

  private static Run backup(int exitCode, long later) {
    RunFacts facts =
        new RunFacts(
            List.of(),
            List.of(
                new ArtifactFact("database \"a\\b\"", 2048, 4096, 1.5, Optional.empty()),
                new ArtifactFact("volume v", 0, 0, 0, Optional.of("tar ended with 2"))),
            List.of(
                new TargetFact("local", Optional.empty()),
                new TargetFact("nas", Optional.of("no route to host"))),
            List.of(),
            Optional.of(new RunFacts.Whole(Map.of(ArtifactKind.DATABASE, 2048L))));
    return run(RunKind.BACKUP, exitCode, later, facts);
  }

  private static Run run(RunKind kind, int exitCode, long later, RunFacts facts) {
    Instant started = STARTED.plusSeconds(later);
    RunOutcome outcome = exitCode == 0 ? RunOutcome.SUCCEEDED : RunOutcome.FAILED;
    return new Run(new RunId("20261122_020000-backup-1"), kind, started, Optional.empty())
        .ended(
            new RunEnding(started.plusSeconds(90), outcome, exitCode, Optional.empty(), "", facts));
  }
}
