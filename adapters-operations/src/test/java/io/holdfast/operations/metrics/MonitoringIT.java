package io.holdfast.operations.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.testing.MemoryDrillLedger;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunFacts.TargetFact;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import io.holdfast.domain.recovery.Objectives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What is told to Prometheus, and what is made of it there, by Prometheus' own tool. */
class MonitoringIT {

  private static final Path PROJECT =
      Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();
  private static final Path ALERTS = PROJECT.resolve("packaging/prometheus/holdfast-alerts.yml");
  private static final Path DASHBOARD =
      PROJECT.resolve("packaging/grafana/holdfast-dashboard.json");
  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");
  private static final Pattern NAME = Pattern.compile("holdfast_[a-z_]+");

  @TempDir Path folder;

  @BeforeEach
  void writeEveryMetric() {
    FakeJournal journal = new FakeJournal();
    journal.totals.put(RunKind.BACKUP, Map.of(RunOutcome.SUCCEEDED, 41L, RunOutcome.FAILED, 2L));
    MemoryDrillLedger ledger = new MemoryDrillLedger();
    ledger.add(RunMetricsTest.drill(NOW, 41));
    Duration day = Duration.ofDays(1);
    Objectives objectives = new Objectives(Optional.of(day), Optional.of(day));
    RunMetrics metrics =
        new RunMetrics(
            new Subject("umig", "1.2", objectives),
            folder,
            Optional.of(textFile()),
            journal,
            ledger,
            InstantSource.fixed(NOW));
    metrics.notified("chat", false);
    assertThat(metrics.objectives(List.of("the rpo is missed"))).isEmpty();
    assertThat(metrics.ended(backup(), Optional.empty())).isEmpty();
  }

  @Test
  void prometheus_has_nothing_to_say_against_the_metrics() throws Exception {
    assertThat(promtool(textFile(), "check", "metrics")).isEmpty();
  }

  @Test
  void the_alert_rules_are_whole_and_tell_what_they_should() throws Exception {
    assertThat(promtool(Path.of("/dev/null"), "check", "rules", ALERTS.toString()))
        .contains("SUCCESS");
    Path tests = PROJECT.resolve("adapters-operations/src/test/resources/holdfast-alerts-test.yml");
    assertThat(promtool(Path.of("/dev/null"), "test", "rules", tests.toString()))
        .contains("SUCCESS");
    List<String> untested =
        Pattern.compile("alert: (\\w+)")
            .matcher(Files.readString(ALERTS))
            .results()
            .map(found -> found.group(1))
            .filter(alert -> !contains(tests, "alertname: " + alert + "\n"))
            .toList();
    assertThat(untested).isEmpty();
  }

  @Test
  void alerts_and_dashboard_ask_for_nothing_that_is_not_told() throws IOException {
    assertThat(told()).hasSizeGreaterThan(15).containsAll(namesIn(Files.readString(ALERTS)));
    Set<String> shown = new TreeSet<>();
    queriesOf(DASHBOARD).forEach(query -> shown.addAll(namesIn(query)));
    assertThat(told()).containsAll(shown);
    assertThat(shown).hasSizeGreaterThan(10);
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Set<String> told() throws IOException {
    return Files.readAllLines(textFile()).stream()
        .filter(line -> line.startsWith("# TYPE "))
        .map(line -> line.substring(7, line.lastIndexOf(' ')))
        .collect(Collectors.toSet());
  }

  private static Set<String> namesIn(String text) {
    return NAME.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet());
  }

  /** Every {@code expr}, and the query of every variable; fails when the file is no JSON. */
  private static List<String> queriesOf(Path dashboard) throws IOException {
    List<String> queries = new ArrayList<>();
    try (JsonParser json =
        new JsonFactory().createParser(ObjectReadContext.empty(), Files.readString(dashboard))) {
      for (JsonToken at = json.nextToken(); at != null; at = json.nextToken()) {
        boolean asks = "expr".equals(json.currentName()) || "query".equals(json.currentName());
        if (at == JsonToken.VALUE_STRING && asks) {
          queries.add(json.getString());
        }
      }
    }
    return queries;
  }

  private static String promtool(Path input, String... arguments) throws Exception {
    Path said = Files.createTempFile("promtool", ".txt");
    try {
      List<String> line = new ArrayList<>(List.of("promtool"));
      line.addAll(List.of(arguments));
      Process process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectInput(input.toFile())
              .redirectOutput(said.toFile())
              .start();
      int exitCode = process.waitFor();
      String text = Files.readString(said);
      assertThat(exitCode).as(text).isZero();
      return text;
    } finally {
      Files.delete(said);
    }
  }

  private Path textFile() {
    return folder.resolve("holdfast.prom");
  }

  private static Run backup() {
    RunFacts facts =
        new RunFacts(
            List.of(),
            List.of(
                new ArtifactFact("database main/\"ö\\\n\"", 2048, 4096, 1.5, Optional.empty()),
                new ArtifactFact("volume v", 0, 0, 0, Optional.of("tar ended with 2"))),
            List.of(new TargetFact("local", Optional.empty())),
            List.of(),
            Optional.of(new RunFacts.Whole(Map.of(ArtifactKind.DATABASE, 2048L))));
    return new Run(new RunId("20261122_020000-backup-1"), RunKind.BACKUP, NOW, Optional.empty())
        .ended(
            new RunEnding(
                NOW.plusSeconds(90), RunOutcome.SUCCEEDED, 0, Optional.empty(), "", facts));
  }
}
