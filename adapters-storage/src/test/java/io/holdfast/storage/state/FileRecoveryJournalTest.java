package io.holdfast.storage.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.RecoveryJournal.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRecoveryJournalTest {

  private static final Instant NOON = Instant.parse("2025-10-06T12:00:00Z");
  private static final Intent HOLD =
      new Intent.HoldContainers(List.of("app \"1\"", "b\nc"), Intent.HoldContainers.How.STOPPED);

  @TempDir private Path temporary;

  private final FakeProcesses processes = new FakeProcesses(100);
  private final List<BackupEvent> events = new ArrayList<>();

  @Test
  void reading_makes_no_folder() {
    assertThat(journalAt(NOON).abandoned()).isEmpty();
    assertThat(state()).doesNotExist();
  }

  @Test
  void every_intent_of_a_dead_process_comes_back_as_it_was_oldest_first() {
    List<Intent> intents =
        List.of(
            HOLD,
            new Intent.HoldContainers(
                List.of("wiki"),
                Intent.HoldContainers.How.STOPPED,
                Map.of("wiki", "wiki@1.service"),
                List.of("wiki-index.service", "wiki-proxy.service")),
            new Intent.FrozenCopy("v", "/var/x y/_data__frozen-1"),
            new Intent.StagedFiles("/tmp/b \u00e4ck/.holdfast-restore-1"),
            new Intent.SwapVolume("v", "/var/x y/_data", "/var/in", "/var/out", true),
            new Intent.SwapVolume("w", "/w", "/w-in", "/w-out", false),
            new Intent.SwapDatabase("main", "d\u00fcb", "d__restoring", Optional.of("d__old")),
            new Intent.SwapDatabase("main", "new", "new__restoring", Optional.empty()),
            new Intent.Scratch("ab12", List.of("c 1"), List.of("v", "w"), List.of("/var/tmp/x")),
            new Intent.ScratchServer("ab12", "/var/tmp/y"));
    for (int i = intents.size() - 1; i >= 0; i--) {
      journalAt(NOON.plusSeconds(i)).record(intents.get(i));
    }
    processes.end(100);

    assertThat(journalAt(NOON).abandoned()).extracting(Entry::intent).isEqualTo(intents);
    assertThat(events).isEmpty();
  }

  @Test
  void a_hold_that_an_earlier_version_wrote_down_has_no_dependents() throws Exception {
    journalAt(NOON).record(HOLD);
    processes.end(100);
    Files.writeString(
        state().resolve("intents").resolve(files().get(0)),
        "{\"recorded\": \"2025-10-06T12:00:00Z\", \"pid\": 1, \"processMark\": \"m\","
            + " \"holdContainers\": {\"containers\": [\"wiki\"], \"how\": \"STOPPED\","
            + " \"units\": {\"wiki\": \"wiki.service\"}}}");

    assertThat(journalAt(NOON).abandoned())
        .extracting(Entry::intent)
        .containsExactly(
            new Intent.HoldContainers(
                List.of("wiki"),
                Intent.HoldContainers.How.STOPPED,
                Map.of("wiki", "wiki.service"),
                List.of()));
  }

  @Test
  void an_intent_of_a_living_process_is_not_abandoned() {
    journalAt(NOON).record(HOLD);
    assertThat(journalAt(NOON).abandoned()).isEmpty();

    processes.be(200, "other");
    assertThat(journalAt(NOON).abandoned()).isEmpty();
  }

  @Test
  void an_intent_is_abandoned_when_another_process_has_the_pid() {
    journalAt(NOON).record(HOLD);
    processes.be(100, "started later");

    assertThat(journalAt(NOON).abandoned()).hasSize(1);
  }

  @Test
  void what_is_struck_out_is_gone_and_may_be_struck_again() throws Exception {
    Entry entry = journalAt(NOON).record(HOLD);
    Entry other = journalAt(NOON).record(HOLD);
    entry.strike();
    entry.strike();
    processes.end(100);

    List<Entry> left = journalAt(NOON).abandoned();
    assertThat(left).hasSize(1);
    left.get(0).strike();
    other.strike();
    assertThat(files()).isEmpty();
  }

  @Test
  void files_that_cannot_be_read_are_told_of_and_left_alone() throws Exception {
    journalAt(NOON).record(HOLD);
    processes.end(100);
    Path intents = state().resolve("intents");
    Files.writeString(intents.resolve("torn.json"), "{\"recorded\": \"2025");
    Files.writeString(
        intents.resolve("newer.json"),
        "{\"recorded\": \"2025-10-06T12:00:00Z\", \"pid\": 1, \"processMark\": \"m\","
            + " \"teleport\": {}}");
    Files.createDirectory(intents.resolve("folder"));

    assertThat(journalAt(NOON).abandoned()).hasSize(1);

    assertThat(events)
        .hasSize(3)
        .allSatisfy(event -> assertThat(event).isInstanceOf(BackupEvent.Warning.class));
    assertThat(events.toString()).contains("torn.json", "newer.json", "folder");
    assertThat(files()).hasSize(4);
  }

  @Test
  void what_a_killed_writer_had_not_finished_is_cleared_and_a_living_ones_is_not()
      throws Exception {
    journalAt(NOON).record(HOLD);
    Path intents = state().resolve("intents");
    Files.writeString(intents.resolve("100-a.json.new"), "{");
    Files.writeString(intents.resolve("300-b.json.new"), "{");

    assertThat(journalAt(NOON).abandoned()).isEmpty();

    assertThat(files()).hasSize(2).anyMatch(name -> name.startsWith("100-a"));
    assertThat(events).isEmpty();
  }

  @Test
  void the_journal_is_for_its_owner_alone() throws Exception {
    journalAt(NOON).record(HOLD);

    assertThat(modeOf(state())).isEqualTo("rwx------");
    assertThat(modeOf(state().resolve("intents"))).isEqualTo("rwx------");
    assertThat(modeOf(state().resolve("intents").resolve(files().get(0)))).isEqualTo("rw-------");
  }

  @Test
  void a_state_folder_that_cannot_be_made_stops_the_work_before_it_is_begun() throws Exception {
    Files.writeString(state(), "a file");

    StorageFailure failure =
        catchThrowableOfType(StorageFailure.class, () -> journalAt(NOON).record(HOLD));

    assertThat(failure).hasMessageContaining(state().toString());
    assertThat(failure.hint()).isNotEmpty();
  }

  private FileRecoveryJournal journalAt(Instant now) {
    Clock clock = Clock.offset(Clock.fixed(now, ZoneOffset.UTC), Duration.ZERO);
    return new FileRecoveryJournal(state(), processes, clock, events::add);
  }

  private Path state() {
    return temporary.resolve("state");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(state().resolve("intents"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String modeOf(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
