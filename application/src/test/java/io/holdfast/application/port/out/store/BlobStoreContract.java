package io.holdfast.application.port.out.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link BlobStore} keeps to. A storage plugin's test extends it and says how its store
 * is opened on a place that is empty before each test, and what lies at that place.
 */
public abstract class BlobStoreContract {

  private static final String PLANTED = "pl4nted-s3cret";

  private BlobStore store = new InMemoryBlobStore();

  /** The plugin. */
  protected abstract BlobStoreProvider provider();

  /** The settings of a target that holds nothing yet; the same within one test. */
  protected abstract Settings settings();

  /**
   * The names of all that is at the place, seen with other eyes than the store's: files and folders
   * of any sort, unfinished uploads. Empty when nothing was ever written.
   */
  protected abstract Set<String> contents() throws Exception;

  /** The size of the largest blob that is written. */
  protected long largestBlob() {
    return 200L << 20;
  }

  /** How many rounds a race is run. */
  protected int raceRounds() {
    return 200;
  }

  /** A store on the test's place; each call gives a new one. */
  protected final BlobStore openStore() {
    return provider().open(settings());
  }

  @BeforeEach
  void openTheStore() {
    store = openStore();
  }

  @AfterEach
  void closeTheStore() {
    store.close();
  }

  @Test
  void opening_a_store_touches_nothing() throws Exception {
    assertThat(contents()).isEmpty();
  }

  @Test
  void reading_a_place_where_nothing_was_written_makes_nothing() throws Exception {
    assertThat(keys("")).isEmpty();
    assertThat(kindOf(() -> store.open(new BlobKey("a/b")))).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(kindOf(() -> store.stat(new BlobKey("a/b")))).isEqualTo(FailureKind.NOT_FOUND);
    store.delete(new BlobKey("a/b"));
    store.clearAbandoned();
    assertThat(store.freeBytes()).satisfies(free -> assertThat(free.orElse(1)).isPositive());

    assertThat(contents()).isEmpty();
  }

  @Test
  void what_is_not_committed_is_invisible() throws Exception {
    BlobKey key = new BlobKey("set/file");
    try (BlobWriter writer = store.create(key)) {
      new PatternBytes(1, 1 << 20).writeTo(writer.body());
      writer.body().flush();

      assertThat(keys("")).isEmpty();
      assertThat(kindOf(() -> store.stat(key))).isEqualTo(FailureKind.NOT_FOUND);
      assertThat(kindOf(() -> store.open(key))).isEqualTo(FailureKind.NOT_FOUND);
      assertThat(store.localFile(key)).isEmpty();
    }
    assertThat(keys("")).isEmpty();
  }

  @Test
  void a_failing_producer_leaves_nothing() throws Exception {
    assertThatThrownBy(
            () -> {
              try (BlobWriter writer = store.create(new BlobKey("set/deep/file"))) {
                new PatternBytes(1, 3_000_000).writeTo(writer.body());
                throw new IOException("the producer failed");
              }
            })
        .hasMessage("the producer failed");

    assertThat(keys("")).isEmpty();
    assertThat(contents()).isEmpty();
  }

  @Test
  void a_failing_producer_leaves_what_others_wrote() throws Exception {
    write("set/kept", 10);
    Set<String> before = contents();

    try (BlobWriter writer = store.create(new BlobKey("set/dropped"))) {
      writer.body().write(1);
      writer.body().close();
    }

    assertThat(contents()).isEqualTo(before);
    assertThat(differenceAt("set/kept", 10)).isEqualTo(-1);
  }

  @Test
  void a_second_writer_of_a_key_is_refused_and_changes_nothing() throws Exception {
    write("set/file", 1000);
    Set<String> before = contents();

    try (BlobWriter second = store.create(new BlobKey("set/file"))) {
      second.body().write(new byte[5]);
      StorageFailure refused = catchThrowableOfType(StorageFailure.class, () -> second.commit());
      assertThat(refused.kind()).isEqualTo(FailureKind.ALREADY_EXISTS);
      assertThat(refused.getMessage()).contains("set/file");
    }

    assertThat(differenceAt("set/file", 1000)).isEqualTo(-1);
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void of_two_racing_writers_one_wins_with_all_its_bytes() throws Exception {
    try (BlobStore other = openStore()) {
      CyclicBarrier start = new CyclicBarrier(2);
      for (int round = 0; round < raceRounds(); round++) {
        BlobKey key = new BlobKey("race/" + round);
        List<Boolean> won =
            inParallel(
                List.of(
                    () -> commitsAt(store, key, 7, start), () -> commitsAt(other, key, 8, start)));

        assertThat(won).containsExactlyInAnyOrder(true, false);
        try (InputStream in = store.open(key)) {
          long seed = won.get(0) ? 7 : 8;
          assertThat(new PatternBytes(seed, 100).firstDifference(in)).isEqualTo(-1);
        }
      }
    }
    assertThat(keys("race/")).hasSize(raceRounds());
  }

  @Test
  void closing_twice_is_harmless() throws Exception {
    BlobWriter aborted = store.create(new BlobKey("aborted"));
    aborted.close();
    aborted.close();
    BlobWriter kept = store.create(new BlobKey("kept"));
    kept.commit();
    kept.close();
    kept.close();

    assertThat(keys("")).containsExactly("kept");
  }

  @Test
  void a_blob_may_be_committed_after_its_body_was_closed() throws Exception {
    try (BlobWriter writer = store.create(new BlobKey("file"))) {
      try (var body = writer.body()) {
        new PatternBytes(1, 100_000).writeTo(body);
      }
      assertThat(keys("")).isEmpty();
      writer.commit();
    }

    assertThat(differenceAt("file", 100_000)).isEqualTo(-1);
  }

  @Test
  void a_closed_body_takes_no_more_bytes() throws Exception {
    try (BlobWriter writer = store.create(new BlobKey("file"))) {
      writer.body().write(1);
      writer.body().close();
      assertThat(catchThrowable(() -> writer.body().write(2))).isInstanceOf(IOException.class);
      writer.commit();
    }

    assertThat(store.stat(new BlobKey("file")).bytes()).isEqualTo(1);
  }

  @Test
  void a_closed_writer_commits_no_more() throws Exception {
    BlobWriter writer = store.create(new BlobKey("file"));
    writer.close();

    assertThat(catchThrowable(writer::commit)).isInstanceOf(IllegalStateException.class);
    assertThat(keys("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 1, 8191, 8192, 8193, 65535, 65536, 65537, 131071, 131072, 131073, 262144, 5_242_881
      })
  void a_blob_of_any_size_comes_back(int bytes) throws Exception {
    write("file", bytes);

    assertThat(differenceAt("file", bytes)).isEqualTo(-1);
    assertThat(store.stat(new BlobKey("file")).bytes()).isEqualTo(bytes);
  }

  @Test
  void single_bytes_and_pieces_of_any_size_come_back_in_order() throws Exception {
    byte[] all = new byte[700_000];
    Random random = new Random(4);
    random.nextBytes(all);
    try (BlobWriter writer = store.create(new BlobKey("file"))) {
      int at = 0;
      while (at < all.length) {
        int size =
            Math.min(all.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 200_000));
        if (size == 1) {
          writer.body().write(all[at]);
        } else {
          writer.body().write(all, at, size);
        }
        at += size;
      }
      writer.commit();
    }

    try (InputStream in = store.open(new BlobKey("file"))) {
      assertThat(Arrays.equals(in.readNBytes(all.length + 1), all)).isTrue();
    }
  }

  @Test
  void a_large_blob_streams() throws Exception {
    write("large", largestBlob());

    assertThat(differenceAt("large", largestBlob())).isEqualTo(-1);
  }

  @Test
  void deleting_is_idempotent_and_leaves_no_trace() throws Exception {
    write("set/databases/a.dump", 10);

    store.delete(new BlobKey("set/databases/a.dump"));
    store.delete(new BlobKey("set/databases/a.dump"));
    store.clearAbandoned();

    assertThat(kindOf(() -> store.open(new BlobKey("set/databases/a.dump"))))
        .isEqualTo(FailureKind.NOT_FOUND);
    assertThat(keys("")).isEmpty();
    assertThat(contents()).isEmpty();
  }

  @Test
  void deleting_one_blob_leaves_its_neighbours() throws Exception {
    write("set/a", 1);
    write("set/ab", 2);
    write("set/b/c", 3);

    store.delete(new BlobKey("set/a"));
    store.delete(new BlobKey("set/b"));
    store.delete(new BlobKey("set"));

    assertThat(keys("")).containsExactly("set/ab", "set/b/c");
  }

  @Test
  void a_deleted_key_can_be_written_again() throws Exception {
    write("set/a", 1);
    store.delete(new BlobKey("set/a"));
    write("set/a", 2);

    assertThat(store.stat(new BlobKey("set/a")).bytes()).isEqualTo(2);
  }

  @Test
  void a_listing_is_in_key_order_and_true_to_the_prefix() throws Exception {
    List<String> all =
        List.of(
            "a",
            "a-b/c",
            "a.b",
            "a0",
            "ab-x",
            "ab/c",
            "ab/c.d",
            "ab/d/e",
            "b",
            "\uD83D\uDE00",
            "\uFFFC");
    for (String key : all) {
      write(key, key.length());
    }

    assertThat(keys("")).isEqualTo(inKeyOrder(all));
    for (String prefix :
        List.of("a", "ab", "ab/", "ab/c", "ab/c.", "ab/d/", "a-", "z", "/", "..", "../", "ab//")) {
      List<String> expected = inKeyOrder(all);
      expected.removeIf(key -> !key.startsWith(prefix));
      assertThat(keys(prefix)).as(prefix).isEqualTo(expected);
    }
  }

  @Test
  void a_listing_of_any_keys_is_in_key_order() throws Exception {
    Random random = new Random(20251006);
    String alphabet = "a-. /b0\u00fc\uD83D\uDE00\uFFFC";
    Set<String> all = new TreeSet<>();
    while (all.size() < 60) {
      String first = word(random, alphabet);
      // A name is a folder or a blob, never both: a folder of files could not hold that.
      all.add(random.nextBoolean() ? "f" + first : "d" + first + "/" + word(random, alphabet));
    }
    for (String key : all) {
      write(key, 1);
    }

    assertThat(keys("")).isEqualTo(inKeyOrder(all));
    for (String key : all) {
      String prefix = key.substring(0, key.offsetByCodePoints(0, 1 + random.nextInt(2)));
      List<String> expected = inKeyOrder(all);
      expected.removeIf(each -> !each.startsWith(prefix));
      assertThat(keys(prefix)).as(prefix).isEqualTo(expected);
    }
  }

  @Test
  void a_listing_goes_past_a_thousand_keys() throws Exception {
    int count = 1234;
    for (int i = 0; i < count; i++) {
      write("many/" + i, 0);
    }

    List<String> listed = keys("many/");
    assertThat(listed).hasSize(count).isEqualTo(inKeyOrder(listed));
    assertThat(keys("many/12")).hasSize(1 + 10 + 34);
  }

  @Test
  void a_listing_tells_what_stat_tells() throws Exception {
    write("set/file", 1234);

    List<BlobInfo> listed = new ArrayList<>();
    store.list("", listed::add);

    assertThat(listed).containsExactly(store.stat(new BlobKey("set/file")));
    assertThat(listed.get(0).bytes()).isEqualTo(1234);
  }

  @Test
  void what_a_visitor_throws_comes_through() throws Exception {
    write("a", 1);
    write("b", 1);
    RuntimeException mine = new IllegalStateException("enough");
    List<String> seen = new ArrayList<>();

    Throwable thrown =
        catchThrowable(
            () ->
                store.list(
                    "",
                    blob -> {
                      seen.add(blob.key().value());
                      throw mine;
                    }));

    assertThat(thrown).isSameAs(mine);
    assertThat(seen).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/etc/passwd",
        "..",
        "../x",
        "a/../../x",
        "a/..",
        "a//b",
        "a/",
        "./a",
        "."
      })
  void keys_that_climb_out_are_no_keys(String text) {
    assertThatThrownBy(() -> new BlobKey(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space/ two  spaces ",
        "a+b/c+d",
        "100%/%41%2F/%",
        "#1/a#b",
        "it's/\"quoted\"",
        "back\\slash/\\",
        "new\nline/\r\t",
        "\u00fcmlaut/\u65e5\u672c\u8a9e/\uD83D\uDE00",
        "a?b=c&d/*/[x]/{y}",
        "~/-rf/--",
        ".../..a/a..",
        "CON/nul.txt/a.",
        "$(reboot)/`id`/;",
      })
  void a_key_of_any_characters_names_its_own_blob(String text) throws Exception {
    write(text, 100);
    write("other", 1);

    assertThat(differenceAt(text, 100)).isEqualTo(-1);
    assertThat(keys("")).contains(text);
    assertThat(keys(text)).containsExactly(text);
    store.delete(new BlobKey(text));
    assertThat(keys("")).containsExactly("other");
  }

  @Test
  void a_name_of_two_hundred_bytes_is_taken() throws Exception {
    String text = "\u00fc".repeat(100) + "/" + "x".repeat(200);
    write(text, 1);

    assertThat(keys("")).containsExactly(text);
  }

  @Test
  void another_store_sees_what_was_committed_at_once() throws Exception {
    try (BlobStore other = openStore()) {
      for (int i = 0; i < 20; i++) {
        write("set/" + i, i);
        assertThat(other.stat(new BlobKey("set/" + i)).bytes()).isEqualTo(i);
        store.delete(new BlobKey("set/" + i));
        BlobKey gone = new BlobKey("set/" + i);
        assertThat(kindOf(() -> other.stat(gone))).isEqualTo(FailureKind.NOT_FOUND);
      }
    }
  }

  @Test
  void a_reader_that_was_opened_before_a_deletion_never_gets_part_of_the_blob() throws Exception {
    long size = 3 << 20;
    write("file", size);

    try (InputStream in = store.open(new BlobKey("file"))) {
      store.delete(new BlobKey("file"));
      try {
        assertThat(new PatternBytes(1, size).firstDifference(in)).isEqualTo(-1);
      } catch (StorageFailure clean) {
        assertThat(clean.kind()).isEqualTo(FailureKind.NOT_FOUND);
      }
    }
  }

  @Test
  void writers_of_different_keys_do_not_disturb_each_other() throws Exception {
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int writer = 0; writer < 6; writer++) {
      String name = "w" + writer;
      writers.add(
          () -> {
            for (int round = 0; round < 25; round++) {
              String key = "shared/" + (round % 3) + "/" + name;
              writeAndDropAnother(key, round * 1000L);
              assertThat(differenceAt(key, round * 1000L)).isEqualTo(-1);
              store.delete(new BlobKey(key));
            }
            return true;
          });
    }

    assertThat(inParallel(writers)).doesNotContain(false);
    store.clearAbandoned();
    assertThat(contents()).isEmpty();
  }

  @Test
  void an_interrupted_thread_spoils_nothing_for_the_others() throws Exception {
    write("file", 1 << 20);
    try (InputStream in = store.open(new BlobKey("file"))) {
      assertThat(in.read()).isNotNegative();
      inParallel(
          List.of(
              () -> {
                Thread.currentThread().interrupt();
                try {
                  differenceAt("file", 1 << 20);
                  write("interrupted", 10);
                } catch (StorageFailure allowed) {
                  assertThat(keys("interrupted")).isEmpty();
                }
                return Thread.interrupted();
              }));

      assertThat(in.readNBytes(1 << 20)).hasSize((1 << 20) - 1);
    }
    write("afterwards", 10);
    assertThat(keys("")).contains("afterwards", "file");
  }

  @Test
  void clearing_removes_what_dead_writers_left_and_keeps_what_was_committed() throws Exception {
    write("set/kept", 1000);
    Set<String> before = contents();
    BlobWriter dead = store.create(new BlobKey("set/dead"));
    new PatternBytes(1, 7_000_000).writeTo(dead.body());
    dead.body().flush();

    try (BlobStore later = openStore()) {
      later.clearAbandoned();
    }

    assertThat(contents()).isEqualTo(before);
    assertThat(differenceAt("set/kept", 1000)).isEqualTo(-1);
    dead.close();
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void an_unknown_setting_is_refused_by_name_and_its_secret_is_not_told() {
    Map<String, Secret> secrets = new HashMap<>(settings().secrets());
    secrets.put("planted-key", Secret.of(PLANTED.toCharArray()));
    Settings planted = new Settings("planted", settings().url(), settings().values(), secrets);

    ConfigurationFailure refused =
        catchThrowableOfType(ConfigurationFailure.class, () -> provider().open(planted).close());

    assertThat(refused).hasMessageContaining("planted-key").hasMessageContaining("planted");
    assertThat(refused.hint()).isNotEmpty();
    assertThat(traceOf(refused) + refused.hint()).doesNotContain(PLANTED);
    assertThat(planted.toString()).doesNotContain(PLANTED);
  }

  @Test
  void no_secret_is_told_by_a_failure_or_a_store() throws Exception {
    write("taken", 1);
    StringBuilder told = new StringBuilder(store + store.location());
    told.append(traceOf(catchThrowable(() -> store.open(new BlobKey("missing")))));
    try (BlobWriter second = store.create(new BlobKey("taken"))) {
      told.append(second).append(second.body());
      told.append(traceOf(catchThrowable(second::commit)));
    }

    for (Secret secret : settings().secrets().values()) {
      assertThat(secret.<Boolean>reveal(chars -> told.indexOf(new String(chars)) < 0)).isTrue();
    }
  }

  @Test
  void what_trying_again_cannot_mend_is_not_called_temporary() throws Exception {
    write("taken", 1);
    BlobKey missing = new BlobKey("missing");
    assertThat(kindOf(() -> store.open(missing)).isTemporary()).isFalse();
    assertThat(kindOf(() -> store.stat(missing)).isTemporary()).isFalse();
    try (BlobWriter second = store.create(new BlobKey("taken"))) {
      assertThat(kindOf(second::commit).isTemporary()).isFalse();
    }
  }

  @Test
  void a_local_file_is_the_blob_itself() throws Exception {
    write("set/file", 5000);

    store
        .localFile(new BlobKey("set/file"))
        .ifPresent(
            file -> {
              try (InputStream in = Files.newInputStream(file)) {
                assertThat(new PatternBytes(1, 5000).firstDifference(in)).isEqualTo(-1);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(store.localFile(new BlobKey("missing"))).isEmpty();
  }

  /** Commits so many bytes. */
  protected final void write(String key, long bytes) throws IOException {
    try (BlobWriter writer = store.create(new BlobKey(key))) {
      new PatternBytes(1, bytes).writeTo(writer.body());
      writer.commit();
    }
  }

  /** Where a blob differs from what {@link #write} wrote; minus one when nowhere. */
  protected final long differenceAt(String key, long bytes) throws IOException {
    try (InputStream in = store.open(new BlobKey(key))) {
      return new PatternBytes(1, bytes).firstDifference(in);
    }
  }

  /** The keys that a listing shows, in its order. */
  protected final List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    store.list(prefix, blob -> keys.add(blob.key().value()));
    return keys;
  }

  private void writeAndDropAnother(String key, long bytes) throws IOException {
    try (BlobWriter dropped = store.create(new BlobKey(key + ".dropped"))) {
      dropped.body().write(1);
      write(key, bytes);
    }
  }

  private static boolean commitsAt(BlobStore store, BlobKey key, long seed, CyclicBarrier start)
      throws Exception {
    try (BlobWriter writer = store.create(key)) {
      new PatternBytes(seed, 100).writeTo(writer.body());
      start.await();
      writer.commit();
      return true;
    } catch (StorageFailure lost) {
      assertThat(lost.kind()).isEqualTo(FailureKind.ALREADY_EXISTS);
      return false;
    }
  }

  private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static FailureKind kindOf(ThrowingRunnable call) {
    Throwable thrown = catchThrowable(call::run);
    assertThat(thrown).isInstanceOf(StorageFailure.class);
    return ((StorageFailure) thrown).kind();
  }

  private static List<String> inKeyOrder(Iterable<String> keys) {
    List<String> sorted = new ArrayList<>();
    keys.forEach(sorted::add);
    sorted.sort(
        (one, other) ->
            Arrays.compareUnsigned(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)));
    return sorted;
  }

  private static String word(Random random, String alphabet) {
    int[] letters = alphabet.codePoints().filter(c -> c != '/').toArray();
    StringBuilder word = new StringBuilder("x");
    for (int i = random.nextInt(4); i > 0; i--) {
      word.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return word.toString();
  }

  private static String traceOf(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private interface ThrowingRunnable {
    void run() throws Exception;
  }
}
