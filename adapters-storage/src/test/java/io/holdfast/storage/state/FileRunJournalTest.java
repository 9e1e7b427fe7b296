package io.holdfast.storage.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.history.RunJournal.LogLine;
import io.holdfast.application.port.out.history.RunJournal.RunLog;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunFacts.TargetFact;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRunJournalTest {

  private static final Instant NOON = Instant.parse("2025-10-06T12:00:00Z");
  private static final RunFacts FACTS =
      new RunFacts(
          List.of(new SetId(NOON)),
          List.of(
              new ArtifactFact("database main/d\u00fcb\n", 10, 20, 1.5, Optional.empty()),
              new ArtifactFact("volume v", 0, 0, 0, Optional.of("it is gone"))),
          List.of(
              new TargetFact("local", Optional.empty()),
              new TargetFact("nas", Optional.of("full"))),
          List.of("one \"warning\""),
          Optional.of(new RunFacts.Whole(Map.of(ArtifactKind.DATABASE, 10L))));

  @TempDir private Path temporary;

  private final FakeProcesses processes = new FakeProcesses(100);

  @Test
  void reading_makes_no_folder_and_finds_nothing() {
    assertThat(journal().runs()).isEmpty();
    assertThat(journal().totals()).isEmpty();
    assertThat(temporary.resolve("state")).doesNotExist();
  }

  @Test
  void a_run_comes_back_as_it_was_written_from_another_process() {
    Run ended;
    try (RunLog log = journal().begin(RunKind.BACKUP, NOON)) {
      assertThat(journal().runs()).containsExactly(log.run());
      log.line(new LogLine(NOON, "info", "d\u00fcb \"1\"\nnext"));
      log.line(new LogLine(NOON.plusSeconds(1), "error", "it failed"));
      ended = log.run().ended(ending(NOON.plusSeconds(9), RunOutcome.FAILED, 12));
      log.end(ended);
    }
    processes.be(200, "another");

    assertThat(journal().runs()).containsExactly(ended);
    assertThat(journal().find(ended.id())).contains(ended);
    assertThat(journal().log(ended.id()))
        .containsExactly(
            new LogLine(NOON, "info", "d\u00fcb \"1\"\nnext"),
            new LogLine(NOON.plusSeconds(1), "error", "it failed"));
    assertThat(ended.id().toString()).isEqualTo("20251006_120000-backup-100");
  }

  @Test
  void runs_are_listed_newest_first_and_two_of_one_moment_have_names_of_their_own() {
    end(journal().begin(RunKind.BACKUP, NOON), RunOutcome.SUCCEEDED);
    end(journal().begin(RunKind.BACKUP, NOON), RunOutcome.SUCCEEDED);
    end(journal().begin(RunKind.VERIFY, NOON.plusSeconds(60)), RunOutcome.SUCCEEDED);

    assertThat(journal().runs())
        .extracting(run -> run.id().toString())
        .containsExactly(
            "20251006_120100-verify-100",
            "20251006_120001-backup-100",
            "20251006_120000-backup-100");
    assertThat(journal().runs()).last().extracting(Run::started).isEqualTo(NOON);
  }

  @Test
  void a_run_without_an_end_is_at_work_while_its_process_lives() {
    Run run = begun(RunKind.BACKUP).run();
    processes.be(200, "another");
    assertThat(journal().isAtWork(run)).isTrue();

    processes.be(100, "has the pid now");
    assertThat(journal().isAtWork(run)).isFalse();
    processes.end(100);
    assertThat(journal().isAtWork(run)).isFalse();
  }

  @Test
  void a_run_that_has_ended_is_not_at_work() {
    RunLog log = begun(RunKind.BACKUP);
    end(log, RunOutcome.SUCCEEDED);

    assertThat(journal().isAtWork(journal().runs().get(0))).isFalse();
    assertThat(journal().isAtWork(log.run())).isFalse();
  }

  @Test
  void the_middle_of_a_long_log_is_left_out_and_told_so() throws Exception {
    FileRunJournal journal = journal(new RunFiles.Bounds(10, 1 << 20, 16 * 1024));
    int lines = 2_000;
    try (RunLog log = journal.begin(RunKind.BACKUP, NOON)) {
      for (int i = 0; i < lines; i++) {
        log.line(new LogLine(NOON, "info", "line " + i));
        if (i % 100 == 0) {
          assertThat(Files.size(logOf(log.run()))).isLessThanOrEqualTo(16 * 1024);
        }
      }
      log.end(log.run().ended(ending(NOON, RunOutcome.SUCCEEDED, 0)));
      assertThat(Files.size(logOf(log.run()))).isLessThanOrEqualTo(16 * 1024);
      List<String> kept = journal.log(log.run().id()).stream().map(LogLine::message).toList();

      assertThat(kept).startsWith("line 0", "line 1").endsWith("line 1998", "line 1999");
      String marker = kept.stream().filter(line -> line.contains("left out")).findFirst().get();
      int leftOut = Integer.parseInt(marker.substring(0, marker.indexOf(' ')));
      assertThat(kept.size() - 1 + leftOut).isEqualTo(lines);
      assertThat(kept.stream().filter(line -> line.contains("left out"))).hasSize(1);
    }
  }

  @Test
  void a_line_of_any_length_is_cut() {
    RunLog log = begun(RunKind.BACKUP);
    log.line(new LogLine(NOON, "info", "\u0001".repeat(2 << 20)));

    assertThat(journal().log(log.run().id()).get(0).message()).hasSizeLessThan(9_000);
  }

  @Test
  void the_oldest_go_when_there_are_too_many_but_never_one_at_work() {
    FileRunJournal journal = journal(new RunFiles.Bounds(3, 1 << 20, 1024));
    RunLog atWork = journal.begin(RunKind.RESTORE, NOON);
    for (int i = 1; i <= 6; i++) {
      end(journal.begin(RunKind.BACKUP, NOON.plusSeconds(i)), RunOutcome.SUCCEEDED);
    }
    assertThat(journal.runs()).hasSize(4).last().isEqualTo(atWork.run());

    end(atWork, RunOutcome.SUCCEEDED);
    assertThat(journal.runs())
        .extracting(run -> run.id().toString())
        .containsExactly(
            "20251006_120006-backup-100",
            "20251006_120005-backup-100",
            "20251006_120004-backup-100");
    assertThat(names()).noneMatch(name -> name.startsWith("20251006_120001"));
    assertThat(journal.totals().get(RunKind.BACKUP)).isEqualTo(Map.of(RunOutcome.SUCCEEDED, 6L));
  }

  @Test
  void the_oldest_go_when_they_take_too_much_room() {
    FileRunJournal journal = journal(new RunFiles.Bounds(100, 8_000, 4_096));
    for (int i = 0; i < 5; i++) {
      RunLog log = journal.begin(RunKind.BACKUP, NOON.plusSeconds(i));
      log.line(new LogLine(NOON, "info", "x".repeat(3_000)));
      end(log, RunOutcome.SUCCEEDED);
    }

    assertThat(journal.runs()).hasSizeBetween(1, 2);
  }

  @Test
  void totals_outlive_what_is_forgotten_and_count_a_run_once() {
    RunLog log = begun(RunKind.BACKUP);
    log.end(log.run().ended(ending(NOON, RunOutcome.SUCCEEDED, 0)));
    log.end(log.run().ended(ending(NOON, RunOutcome.SUCCEEDED, 0)));
    end(begun(RunKind.BACKUP), RunOutcome.FAILED);
    end(begun(RunKind.VERIFY), RunOutcome.PARTIAL);

    assertThat(journal().totals())
        .isEqualTo(
            Map.of(
                RunKind.BACKUP,
                Map.of(RunOutcome.SUCCEEDED, 1L, RunOutcome.FAILED, 1L),
                RunKind.VERIFY,
                Map.of(RunOutcome.PARTIAL, 1L)));
  }

  @Test
  void totals_that_cannot_be_read_are_counted_anew() throws Exception {
    end(begun(RunKind.BACKUP), RunOutcome.SUCCEEDED);
    Files.writeString(runs().resolve("totals.json"), "{\"backup\" : 7");
    assertThat(journal().totals()).isEmpty();

    end(begun(RunKind.BACKUP), RunOutcome.SUCCEEDED);

    assertThat(journal().totals().get(RunKind.BACKUP)).isEqualTo(Map.of(RunOutcome.SUCCEEDED, 2L));
  }

  @Test
  void runs_that_end_at_once_are_all_counted() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        work.add(
            () -> {
              end(journal().begin(RunKind.COPY, NOON), RunOutcome.SUCCEEDED);
              return true;
            });
      }
      for (Future<Boolean> done : threads.invokeAll(work)) {
        assertThat(done.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(journal().totals().get(RunKind.COPY)).isEqualTo(Map.of(RunOutcome.SUCCEEDED, 12L));
    assertThat(journal().runs()).hasSize(12);
  }

  @Test
  void an_interrupted_thread_can_write_how_its_run_ended() {
    RunLog log = begun(RunKind.BACKUP);
    Thread.currentThread().interrupt();
    try {
      log.line(new LogLine(NOON, "info", "line"));
      end(log, RunOutcome.INTERRUPTED);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(journal().runs().get(0).came(RunOutcome.INTERRUPTED)).isTrue();
    assertThat(journal().totals().get(RunKind.BACKUP))
        .isEqualTo(Map.of(RunOutcome.INTERRUPTED, 1L));
  }

  @Test
  void what_cannot_be_read_is_passed_over() throws Exception {
    end(begun(RunKind.BACKUP), RunOutcome.SUCCEEDED);
    Files.writeString(runs().resolve("20251007_000000-backup-1.json"), "{");
    Files.writeString(runs().resolve("notes.txt"), "mine");
    Path log = runs().resolve("20251006_120000-backup-100.log");
    Files.writeString(
        log, "{\"at\":\"2025-10-06T12:00:00Z\",\"level\":\"info\",\"message\":\"a\"}\n{\"a");

    assertThat(journal().runs()).hasSize(1);
    assertThat(journal().log(journal().runs().get(0).id())).hasSize(1);
  }

  @Test
  void nobody_else_may_look() throws Exception {
    RunLog log = begun(RunKind.BACKUP);
    log.line(new LogLine(NOON, "info", "line"));
    end(log, RunOutcome.SUCCEEDED);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(runs())))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(runs())) {
      assertThat(files.toList())
          .hasSize(4)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void a_place_that_cannot_be_written_is_a_failure_that_names_it() throws Exception {
    Files.writeString(temporary.resolve("state"), "a file");

    assertThatThrownBy(() -> journal().begin(RunKind.BACKUP, NOON))
        .isInstanceOf(StorageFailure.class)
        .hasMessageContaining(temporary.resolve("state").toString());
  }

  private RunLog begun(RunKind kind) {
    return journal().begin(kind, NOON);
  }

  private static void end(RunLog log, RunOutcome outcome) {
    log.end(log.run().ended(ending(NOON.plusSeconds(1), outcome, 0)));
    log.close();
  }

  private static RunEnding ending(Instant finished, RunOutcome outcome, int exitCode) {
    return new RunEnding(finished, outcome, exitCode, Optional.of("why"), "hint", FACTS);
  }

  private FileRunJournal journal() {
    return new FileRunJournal(temporary.resolve("state"), processes);
  }

  private FileRunJournal journal(RunFiles.Bounds bounds) {
    return new FileRunJournal(temporary.resolve("state"), processes, bounds);
  }

  private Path runs() {
    return temporary.resolve("state/runs");
  }

  private Path logOf(Run run) {
    return runs().resolve(run.id() + ".log");
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(runs())) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
