package io.holdfast.application.port.out.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.contract.Bench;
import io.holdfast.application.contract.ContractCase;
import io.holdfast.application.contract.Limits;
import io.holdfast.application.contract.WrittenBytes;
import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.command.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link BlobStore} keeps to: the cases of {@link
 * io.holdfast.application.contract.Contract}, each on a fresh place, and what only other eyes than
 * the store's can see. A storage plugin's test extends it and says how its store is opened on a
 * place that is empty before each test, and what lies at that place.
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

  /** The sizes at which the store begins another part. */
  protected List<Long> partBoundaries() {
    return Limits.CUSTOMARY_PARTS;
  }

  /**
   * How many blobs there are in the listing of many; more than two thousand where that is cheap.
   */
  protected int manyBlobs() {
    return 1234;
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

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.holdfast.application.contract.Contract#whole")
  void promises_that(ContractCase promise) throws Exception {
    promise.run(new TestBench());

    keys("").forEach(key -> store.delete(new BlobKey(key)));
    store.clearAbandoned();
    assertThat(contents()).as("what is left once every blob is deleted").isEmpty();
  }

  @Test
  void opening_a_store_touches_nothing() throws Exception {
    assertThat(contents()).isEmpty();
  }

  @Test
  void reading_a_place_where_nothing_was_written_makes_nothing() throws Exception {
    assertThat(keys("")).isEmpty();
    assertThat(catchThrowable(() -> store.open(new BlobKey("a/b")).close())).isNotNull();
    assertThat(catchThrowable(() -> store.stat(new BlobKey("a/b")))).isNotNull();
    assertThat(store.localFile(new BlobKey("a/b"))).isEmpty();
    store.delete(new BlobKey("a/b"));
    store.clearAbandoned();
    assertThat(store.freeBytes()).satisfies(free -> assertThat(free.orElse(1)).isPositive());
    assertThat(store.features()).doesNotContain("");

    assertThat(contents()).isEmpty();
  }

  @Test
  void a_failing_producer_leaves_nothing_for_any_eyes() throws Exception {
    assertThatThrownBy(
            () -> {
              try (BlobWriter writer = store.create(new BlobKey("set/deep/file"))) {
                WrittenBytes.write(writer.body(), 3_000_000);
                throw new IOException("the producer failed");
              }
            })
        .hasMessage("the producer failed");

    assertThat(contents()).isEmpty();
  }

  @Test
  void a_failing_producer_beside_others_leaves_nothing_for_any_eyes() throws Exception {
    write("set/kept", 10);
    Set<String> before = contents();

    try (BlobWriter writer = store.create(new BlobKey("set/dropped"))) {
      writer.body().write(1);
      writer.body().close();
    }

    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void an_interrupted_producer_leaves_nothing_for_any_eyes() throws Exception {
    Thread producer =
        new Thread(
            () -> {
              try (BlobWriter writer = store.create(new BlobKey("set/dropped"))) {
                WrittenBytes.write(writer.body(), 3_000_000);
                Thread.currentThread().interrupt();
              } catch (IOException | StorageFailure aborted) {
                return;
              }
            });
    producer.start();
    producer.join();

    assertThat(contents()).isEmpty();
  }

  @Test
  void a_refused_commit_leaves_nothing_for_any_eyes() throws Exception {
    write("set/file", 1000);
    Set<String> before = contents();

    try (BlobWriter second = store.create(new BlobKey("set/file"))) {
      second.body().write(new byte[5]);
      assertThat(catchThrowable(second::commit)).isInstanceOf(StorageFailure.class);
    }

    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void a_deletion_leaves_no_trace_for_any_eyes() throws Exception {
    write("set/databases/a.dump", 10);

    store.delete(new BlobKey("set/databases/a.dump"));
    store.delete(new BlobKey("set/databases/a.dump"));
    store.clearAbandoned();

    assertThat(contents()).isEmpty();
  }

  @Test
  void clearing_removes_what_dead_writers_left_for_any_eyes() throws Exception {
    write("set/kept", 1000);
    Set<String> before = contents();
    BlobWriter dead = store.create(new BlobKey("set/dead"));
    WrittenBytes.write(dead.body(), 7_000_000);
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
  void where_clearing_stops_writers_none_that_was_begun_before_commits_after_it() throws Exception {
    for (int length : new int[] {0, 10, 1 << 20}) {
      try (BlobWriter sleeper = store.create(new BlobKey("set/late"))) {
        WrittenBytes.write(sleeper.body(), length);
        sleeper.body().close();
        try (BlobStore taker = openStore()) {
          taker.clearAbandoned();
        }
        if (store.clearingStopsWriters()) {
          assertThatThrownBy(sleeper::commit).isInstanceOf(StorageFailure.class);
        }
      }
      assertThat(keys("")).as("of " + length + " bytes").isEmpty();
      write("set/after", length);
      store.delete(new BlobKey("set/after"));
    }
    assertThat(contents()).isEmpty();
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

  /** Commits so many bytes. */
  protected final void write(String key, long bytes) throws IOException {
    try (BlobWriter writer = store.create(new BlobKey(key))) {
      WrittenBytes.write(writer.body(), bytes);
      writer.commit();
    }
  }

  /** Where a blob differs from what {@link #write} wrote; minus one when nowhere. */
  protected final long differenceAt(String key, long bytes) throws IOException {
    try (InputStream in = store.open(new BlobKey(key))) {
      return WrittenBytes.firstDifference(in, bytes);
    }
  }

  /** The keys that a listing shows, in its order. */
  protected final List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    store.list(prefix, blob -> keys.add(blob.key().value()));
    return keys;
  }

  private static String traceOf(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private final class TestBench implements Bench {

    private final Cancellation cancellation = new Cancellation();

    @Override
    public BlobStore open() {
      return openStore();
    }

    @Override
    public Limits limits() {
      return new Limits(largestBlob(), raceRounds(), partBoundaries(), manyBlobs());
    }

    @Override
    public Collection<Secret> secrets() {
      return settings().secrets().values();
    }

    @Override
    public Cancellation cancellation() {
      return cancellation;
    }
  }
}
