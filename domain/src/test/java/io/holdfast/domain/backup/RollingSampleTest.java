package io.holdfast.domain.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.backup.RollingSample.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RollingSampleTest {

  private static final Instant START = Instant.parse("2025-10-06T02:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final Map<String, StoredFile> files = new LinkedHashMap<>();
  private Instant now = START;

  @Test
  void the_files_unread_for_the_longest_time_are_read_until_the_share_is_reached() {
    StoredFile old = file(0, "old", 10, Optional.of(START.plusSeconds(50)));
    StoredFile older = file(0, "older", 10, Optional.of(START.plusSeconds(40)));
    StoredFile never = file(0, "never", 10, Optional.empty());
    StoredFile neverOfALaterSet = file(45, "late", 10, Optional.empty());

    assertThat(choose("1", old, older, never, neverOfALaterSet)).containsExactly(never);
    assertThat(choose("25", old, older, never, neverOfALaterSet)).containsExactly(never);
    assertThat(choose("26", old, older, never, neverOfALaterSet)).containsExactly(never, older);
    assertThat(choose("75", old, older, never, neverOfALaterSet))
        .containsExactly(never, older, neverOfALaterSet);
    assertThat(choose("100", old, older, never, neverOfALaterSet))
        .containsExactly(never, older, neverOfALaterSet, old);
  }

  @Test
  void files_of_one_age_go_by_their_sets_and_their_names() {
    Optional<Instant> read = Optional.of(START.plusSeconds(99));
    StoredFile c = file(1, "c", 1, read);
    StoredFile b = file(1, "b", 1, read);
    StoredFile z = file(0, "z", 1, read);

    assertThat(choose("100", c, b, z)).containsExactly(z, b, c);
  }

  @Test
  void of_nothing_there_is_no_sample_and_of_empty_files_there_is_one() {
    assertThat(choose("5")).isEmpty();
    assertThat(choose("5", file(0, "a", 0, Optional.empty()))).hasSize(1);
    assertThat(choose("50", file(0, "a", 0, Optional.empty()), file(0, "b", 0, Optional.empty())))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"5,1", "5,2", "1,3", "33.4,4", "100,5", "0.7,6", "17,7", "2.5,8"})
  void in_the_stated_number_of_runs_everything_is_read_while_sets_are_added(
      String percent, long seed) {
    Random random = new Random(seed);
    Share share = Share.parse(percent).orElseThrow();
    for (int i = 0; i < 30; i++) {
      addSet(random);
    }
    for (int round = 0; round < 3; round++) {
      Set<String> waiting = new HashSet<>(files.keySet());
      for (int run = 0; run < share.runs(); run++) {
        if (random.nextInt(3) > 0) {
          addSet(random);
        }
        read(share).forEach(waiting::remove);
      }
      assertThat(waiting).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void and_while_each_new_set_takes_the_place_of_an_old_one(long seed) {
    Random random = new Random(seed);
    Share share = new Share(50_000);
    for (int i = 0; i < 30; i++) {
      addSet(1000);
    }
    for (int round = 0; round < 5; round++) {
      Set<String> waiting = new HashSet<>(files.keySet());
      for (int run = 0; run < share.runs(); run++) {
        addSet(1000);
        String gone =
            files.values().stream()
                .map(file -> file.set().toString())
                .distinct()
                .skip(random.nextInt(10))
                .findFirst()
                .orElseThrow();
        files.keySet().removeIf(key -> key.startsWith(gone));
        read(share).forEach(waiting::remove);
        waiting.retainAll(files.keySet());
      }
      assertThat(waiting).isEmpty();
    }
  }

  @Test
  void a_run_reads_no_more_than_the_share_and_one_file() {
    Random random = new Random(42);
    Share share = new Share(50_000);
    for (int i = 0; i < 200; i++) {
      addSet(random);
      long total = files.values().stream().mapToLong(StoredFile::bytes).sum();
      long largest = files.values().stream().mapToLong(StoredFile::bytes).max().orElseThrow();
      long read = read(share).stream().mapToLong(this::bytesOf).sum();
      assertThat(read).isLessThanOrEqualTo(total / 20 + 1 + largest);
    }
  }

  private List<String> read(Share share) {
    now = now.plus(DAY);
    List<String> keys = new ArrayList<>();
    for (StoredFile file : RollingSample.choose(List.copyOf(files.values()), share)) {
      String key = file.set() + "/" + file.path();
      keys.add(key);
      files.put(key, new StoredFile(file.set(), file.path(), file.bytes(), Optional.of(now)));
    }
    return keys;
  }

  private long bytesOf(String key) {
    return Optional.ofNullable(files.get(key)).orElseThrow().bytes();
  }

  private void addSet(Random random) {
    now = now.plus(Duration.ofMinutes(1));
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      long bytes = random.nextInt(5) == 0 ? random.nextInt(2) : random.nextInt(1_000_000);
      add(new StoredFile(new SetId(now), "file-" + i, bytes, Optional.empty()));
    }
  }

  private void addSet(long bytes) {
    now = now.plus(Duration.ofMinutes(1));
    add(new StoredFile(new SetId(now), "file", bytes, Optional.empty()));
  }

  private void add(StoredFile file) {
    files.put(file.set() + "/" + file.path(), file);
  }

  private static List<StoredFile> choose(String percent, StoredFile... stored) {
    return RollingSample.choose(List.of(stored), Share.parse(percent).orElseThrow());
  }

  private static StoredFile file(int begun, String path, long bytes, Optional<Instant> lastRead) {
    return new StoredFile(new SetId(START.plusSeconds(begun)), path, bytes, lastRead);
  }
}
