package io.holdfast.application.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.JdkCodecs;
import io.holdfast.application.testing.Samples;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.Listing;
import io.holdfast.domain.backup.StoredArtifact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class ArtifactPipelineTest {

  private static final ArtifactId DATA = ArtifactId.volume("data");
  private static final ArtifactSpec SPEC = FakeSource.spec(DATA);
  private static final String KEY = TestHost.ID + "/volumes/data.tar";

  private final TestHost host = new TestHost();
  private final InMemoryBlobStore one = new InMemoryBlobStore();
  private final InMemoryBlobStore two = new InMemoryBlobStore();
  private final AtomicLong told = new AtomicLong();

  @Test
  void bytes_are_counted_and_hashed_as_they_are_stored_on_every_target() throws Exception {
    byte[] bytes = new byte[3_000_001];
    new Random(1).nextBytes(bytes);

    StoredArtifact stored = store(FakeSource.volumes().has(DATA, bytes), run(one), run(two));

    assertThat(stored.storedBytes()).isEqualTo(bytes.length);
    assertThat(stored.sha256()).isEqualTo(Samples.sha256(bytes));
    assertThat(told).as("progress to the last byte").hasValue(bytes.length);
    for (InMemoryBlobStore store : List.of(one, two)) {
      assertThat(store.open(new BlobKey(KEY))).hasBinaryContent(bytes);
    }
  }

  @Test
  void the_names_of_members_go_into_a_file_beside_the_artifact() throws Exception {
    ArtifactSpec listed =
        new ArtifactSpec(DATA, Encoding.NONE, OptionalLong.empty(), Set.of(), true);
    FakeSource source = FakeSource.volumes().has(listed, new byte[10]).names("./a\n./b\n");

    StoredArtifact stored = store(source, listed, run(one), run(two));

    Listing listing = stored.listing().orElseThrow();
    assertThat(listing.path()).isEqualTo("volumes/data.mtree.gz");
    for (InMemoryBlobStore store : List.of(one, two)) {
      byte[] bytes = store.open(new BlobKey(TestHost.ID + "/volumes/data.mtree.gz")).readAllBytes();
      assertThat(listing.storedBytes()).isEqualTo(bytes.length);
      assertThat(listing.sha256()).isEqualTo(Samples.sha256(bytes));
      assertThat(new GZIPInputStream(new ByteArrayInputStream(bytes)))
          .hasBinaryContent("./a\n./b\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void a_listed_source_that_breaks_off_publishes_neither() {
    ArtifactSpec listed =
        new ArtifactSpec(DATA, Encoding.NONE, OptionalLong.empty(), Set.of(), true);
    FakeSource source =
        FakeSource.volumes()
            .names("x".repeat(100_000))
            .has(
                listed,
                (sink, cancellation) -> {
                  sink.write(new byte[10]);
                  throw FakeSource.failure("broke off");
                });

    assertThatThrownBy(() -> store(source, listed, run(one))).isInstanceOf(SourceFailure.class);
    assertThat(one.contents()).isEmpty();
  }

  @Test
  void a_source_that_breaks_off_publishes_nothing() {
    FakeSource source = FakeSource.volumes().breaksOff(DATA, new byte[100_000]);

    assertThatThrownBy(() -> store(source, run(one))).isInstanceOf(SourceFailure.class);
    assertThat(one.contents()).isEmpty();
  }

  @Test
  void a_target_that_fails_mid_stream_is_dropped_and_the_other_gets_all() throws Exception {
    TargetRun failing = run(new FaultyBlobStore(one, Fault.once(Operation.WRITE, 1).after(70_000)));
    TargetRun good = run(two);
    FakeSource source =
        FakeSource.volumes()
            .has(
                SPEC,
                (sink, cancellation) -> {
                  for (int i = 0; i < 10; i++) {
                    sink.write(new byte[20_000]);
                  }
                  return FakeSource.report(200_000);
                });

    StoredArtifact stored = store(source, failing, good);

    assertThat(failing.failure()).isPresent();
    assertThat(good.isAlive()).isTrue();
    assertThat(one.contents()).isEmpty();
    assertThat(stored.storedBytes()).isEqualTo(200_000);
    assertThat(stored.sha256()).isEqualTo(Samples.sha256(new byte[200_000]));
  }

  @Test
  void the_source_is_stopped_when_no_target_is_left() {
    AtomicLong pushed = new AtomicLong();
    FakeSource source =
        FakeSource.volumes()
            .has(
                SPEC,
                (sink, cancellation) -> {
                  for (int i = 0; i < 10; i++) {
                    sink.write(new byte[20_000]);
                    pushed.addAndGet(20_000);
                  }
                  return FakeSource.report(200_000);
                });

    assertThatThrownBy(
            () ->
                store(
                    source,
                    run(new FaultyBlobStore(one, Fault.once(Operation.WRITE, 1).after(30_000)))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no storage target is left");
    assertThat(pushed).hasValue(20_000);
  }

  @Test
  void a_target_that_is_out_of_the_run_already_gets_nothing() throws Exception {
    TargetRun out = run(one);
    out.fail(new StorageFailure(FailureKind.STORAGE, "full", ""));

    store(FakeSource.volumes().has(DATA, new byte[10]), out, run(two));

    assertThat(one.contents()).isEmpty();
    assertThat(two.contents()).containsExactly(KEY);
  }

  private StoredArtifact store(FakeSource source, TargetRun... runs) throws IOException {
    return store(source, SPEC, runs);
  }

  private StoredArtifact store(FakeSource source, ArtifactSpec spec, TargetRun... runs)
      throws IOException {
    return new ArtifactPipeline(
            new Codecs(JdkCodecs.all()), Clock.fixed(TestHost.NOW, ZoneOffset.UTC), 2)
        .store(
            source, spec, "volumes/data.tar", List.of(runs), told::addAndGet, new Cancellation());
  }

  private TargetRun run(BlobStore store) {
    return new TargetRun(new Target("t", store), host.catalog(store).begin(TestHost.ID));
  }
}
