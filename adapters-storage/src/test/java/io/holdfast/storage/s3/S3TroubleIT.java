package io.holdfast.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.application.port.out.store.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real server over a way that breaks. */
class S3TroubleIT {

  private static final int LARGE = 23 << 20;
  private static final BlobKey KEY = new BlobKey("set/file");

  private static S3Server server;

  private final String prefix = "trouble/" + Marks.next();
  private FaultyWay way;
  private BlobStore store;

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.s3proxy(true);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void open() throws IOException {
    way = new FaultyWay(server.port());
    store =
        new S3BlobStoreProvider()
            .open(
                S3Server.settingsAt(way.endpoint(), prefix, "part-size", "5MiB", "timeout", "2s"));
    store.list("", blob -> {});
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    way.close();
  }

  @Test
  void a_connection_that_breaks_in_the_middle_of_a_part_is_made_up_for() throws Exception {
    way.cutUpAfter(3 << 20);

    write(LARGE);

    assertThat(way.faults()).isOne();
    assertSame(LARGE);
  }

  @Test
  void a_silence_longer_than_the_timeout_is_sat_out() throws Exception {
    try (BlobWriter writer = store.create(KEY)) {
      writer.body().write(bytes(LARGE), 0, 11 << 20);
      way.fallSilent(TimeUnit.SECONDS.toNanos(5));
      writer.body().write(bytes(LARGE), 11 << 20, LARGE - (11 << 20));
      writer.commit();
    }

    assertThat(way.faults()).isPositive();
    assertSame(LARGE);
  }

  @Test
  void a_lost_answer_to_the_commit_of_a_small_blob_is_looked_up() throws Exception {
    write(new BlobKey("another"), 10);
    way.loseAnswerTo("PUT /backups/" + prefix + "/set/file");

    write(1000);

    assertThat(way.faults()).isOne();
    assertSame(1000);
  }

  @Test
  void a_lost_answer_to_the_commit_of_a_large_blob_is_looked_up() throws Exception {
    way.loseAnswerTo("<CompleteMultipartUpload");

    write(LARGE);

    assertSame(LARGE);
    assertThat(server.contents(prefix)).containsExactly(prefix + "/set/file");
  }

  @Test
  void a_read_goes_on_where_its_connection_broke() throws Exception {
    write(LARGE);
    way.cutDownAfter(6 << 20);

    assertSame(LARGE);

    assertThat(way.faults()).isOne();
  }

  @Test
  void a_writer_that_is_interrupted_leaves_nothing() throws Exception {
    try (BlobWriter writer = store.create(KEY)) {
      writer.body().write(bytes(LARGE));
      Thread.currentThread().interrupt();
      StorageFailure ended = catchThrowableOfType(StorageFailure.class, writer::commit);
      assertThat(ended.kind()).isEqualTo(FailureKind.INTERRUPTED);
    }

    assertThat(Thread.interrupted()).isTrue();
    assertThat(server.contents(prefix)).isEmpty();
  }

  @Test
  void what_a_dead_writer_had_sent_is_cleared() throws Exception {
    BlobWriter dead = store.create(KEY);
    dead.body().write(bytes(LARGE));
    assertThat(server.contents(prefix)).containsExactly("upload of " + prefix + "/set/file");

    store.clearAbandoned();

    assertThat(server.contents(prefix)).isEmpty();
    dead.close();
    assertThat(server.contents(prefix)).isEmpty();
  }

  @Test
  void a_blob_of_segments_comes_back_and_leaves_no_piece() throws Exception {
    try (BlobStore small =
        new S3BlobStore(
            SettingsReader.read(server.settings(prefix)),
            new SlabPool(16 << 20),
            new PartPlan(5 << 20, 1, 10 << 20))) {
      try (BlobWriter dropped = small.create(new BlobKey("dropped"))) {
        dropped.body().write(bytes(LARGE));
      }
      assertThat(server.contents(prefix)).isEmpty();
      try (BlobWriter writer = small.create(KEY)) {
        writer.body().write(bytes(LARGE));
        writer.commit();
      }
    }

    assertSame(LARGE);
    assertThat(server.contents(prefix)).containsExactly(prefix + "/set/file");
  }

  @Test
  void a_wrong_secret_key_is_called_so() {
    assertThat(failureWith(ACCESS, "wrong-s3cret", "backups"))
        .hasMessageContaining("secret key is not that of the access key")
        .hasMessageNotContaining("wrong-s3cret");
  }

  @Test
  void an_unknown_access_key_is_called_so() {
    assertThat(failureWith("nobody", S3Server.SECRET, "backups"))
        .hasMessageContaining("does not know the access key");
  }

  @Test
  void a_missing_bucket_is_called_so() {
    assertThat(failureWith(ACCESS, S3Server.SECRET, "nowhere"))
        .hasMessageContaining("there is no bucket nowhere");
  }

  private static final String ACCESS = S3Server.ACCESS;

  /** Of a look at a blob: an answer to HEAD says nothing, so that the reason is asked for. */
  private static StorageFailure failureWith(String access, String secret, String bucket) {
    Settings settings =
        new Settings(
            "cloud",
            URI.create("s3://" + bucket),
            Map.of("endpoint", server.endpoint().toString()),
            Map.of(
                "access-key", Secret.of(access.toCharArray()),
                "secret-key", Secret.of(secret.toCharArray())));
    try (BlobStore other = new S3BlobStoreProvider().open(settings)) {
      StorageFailure failure = catchThrowableOfType(StorageFailure.class, () -> other.stat(KEY));
      assertThat(failure.kind()).isEqualTo(FailureKind.STORAGE);
      assertThat(failure.hint()).isNotEmpty();
      return failure;
    }
  }

  private void write(int size) throws IOException {
    write(KEY, size);
  }

  private void write(BlobKey key, int size) throws IOException {
    try (BlobWriter writer = store.create(key)) {
      writer.body().write(bytes(size));
      writer.commit();
    }
  }

  private void assertSame(int size) throws IOException {
    try (InputStream in = store.open(KEY)) {
      assertThat(Arrays.equals(in.readNBytes(size + 1), bytes(size))).isTrue();
    }
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
