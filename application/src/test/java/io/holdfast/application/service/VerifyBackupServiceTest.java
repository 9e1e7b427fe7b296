package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.in.VerifyBackup.FileProblem;
import io.holdfast.application.port.in.VerifyBackup.VerifiedAll;
import io.holdfast.application.port.in.VerifyBackup.VerifiedSet;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.ArtifactInspector;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.ObservedBlobStore;
import io.holdfast.application.testing.Samples;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class VerifyBackupServiceTest {

  private static final String SUMS = "checksums.sha256";

  private final InMemoryBlobStore memory = new InMemoryBlobStore();
  private final ObservedBlobStore store = new ObservedBlobStore(memory);
  private final TestHost host =
      new TestHost()
          .storesOn("local", store)
          .with(
              FakeSource.cluster("main")
                  .has(ArtifactId.database("main", "app"), TestHost.bytes("PGDMP app")))
          .with(FakeSource.volumes().has(ArtifactId.volume("data"), TestHost.bytes("tar data")));

  @Test
  void a_whole_set_has_no_problem_and_every_file_was_read_once() {
    host.backup();
    int before = store.calls().size();

    VerifiedSet verified = verify(false);

    assertThat(verified.isWhole()).isTrue();
    assertThat(verified.files()).isEqualTo(4);
    assertThat(verified.bytes())
        .isEqualTo(
            memory.stat(key("databases/app.dump")).bytes()
                + memory.stat(key("volumes/data.tar")).bytes()
                + memory.stat(key("manifest.json")).bytes()
                + memory.stat(key("RESTORE.md")).bytes());
    assertThat(store.calls().subList(before, store.calls().size()))
        .containsOnlyOnce("open " + key("databases/app.dump"), "open " + key("volumes/data.tar"));
  }

  @Test
  void missing_changed_and_unlisted_files_are_all_named() {
    host.backup();
    memory.delete(key("databases/app.dump"));
    memory.overwrite(key("volumes/data.tar"), TestHost.bytes("tar dat!"));
    TestHost.put(memory, key("extra.txt").value(), "extra");

    List<FileProblem> problems = verify(false).problems();

    assertThat(problems)
        .extracting(FileProblem::path)
        .containsExactlyInAnyOrder("databases/app.dump", "volumes/data.tar", "extra.txt");
    assertThat(problems)
        .anyMatch(p -> p.problem().equals("is missing"))
        .anyMatch(p -> p.problem().contains("is not listed"))
        .anyMatch(p -> p.problem().contains("SHA-256"));
  }

  @Test
  void a_file_that_is_only_longer_has_changed_too() {
    host.backup();
    memory.overwrite(key("volumes/data.tar"), TestHost.bytes("tar data and more"));

    assertThat(verify(false).problems())
        .extracting(FileProblem::path)
        .containsExactly("volumes/data.tar");
  }

  @Test
  void malformed_checksums_are_an_error_with_the_line() {
    host.backup();
    memory.overwrite(key(SUMS), TestHost.bytes("not a checksum\n"));

    assertThatThrownBy(() -> verify(false))
        .isInstanceOf(IntegrityFailure.class)
        .hasMessageContaining("line 1");
  }

  @Test
  void checksums_that_lead_out_of_the_set_are_refused() {
    for (String path : List.of("../other/file", "/etc/passwd", "a/../../b", "./../x")) {
      memory.overwrite(key(SUMS), TestHost.bytes(Samples.sha256(new byte[0]) + "  " + path + "\n"));

      assertThatThrownBy(() -> verify(false))
          .isInstanceOf(IntegrityFailure.class)
          .hasMessageContaining("leads out of the set");
    }
  }

  @Test
  void an_unfinished_set_is_an_error() {
    TestHost.put(memory, key("databases/app.dump").value(), "PGDMP");

    assertThatThrownBy(() -> verify(false))
        .isInstanceOf(IntegrityFailure.class)
        .hasMessageContaining("is incomplete: it has no checksums.sha256");
  }

  @Test
  void a_manifest_that_cannot_be_read_is_a_problem_and_the_files_are_read_all_the_same() {
    host.backup();
    memory.overwrite(key("manifest.json"), TestHost.bytes("of a newer major version"));
    memory.overwrite(key("volumes/data.tar"), TestHost.bytes("damage"));

    assertThat(verify(false).problems())
        .extracting(FileProblem::path)
        .contains("manifest.json", "volumes/data.tar");
  }

  @Test
  void a_manifest_that_the_checksums_do_not_name_is_a_problem() {
    host.backup();
    String sums = TestHost.text(memory, key(SUMS).value());
    memory.overwrite(
        key(SUMS),
        TestHost.bytes(
            String.join("\n", sums.lines().filter(l -> !l.contains("manifest.json")).toList())
                + "\n"));

    assertThat(verify(false).problems())
        .anyMatch(p -> p.path().equals("manifest.json") && p.problem().contains("is not listed"));
  }

  @Test
  void a_manifest_that_disagrees_with_the_checksums_is_a_problem() {
    host.backup();
    byte[] other = TestHost.bytes("PGDMP other");
    String sums = TestHost.text(memory, key(SUMS).value());
    memory.overwrite(
        key(SUMS),
        TestHost.bytes(
            sums.replace(
                Samples.sha256(TestHost.bytes("PGDMP app")).hex(), Samples.sha256(other).hex())));
    memory.overwrite(key("databases/app.dump"), other);

    assertThat(verify(false).problems())
        .singleElement()
        .matches(p -> p.problem().contains("disagree about databases/app.dump"));
  }

  @Test
  void deep_reads_each_artifact_as_its_format_demands_in_one_read() {
    host.backup();
    host.inspectors.add(new WordInspector(ArtifactKind.VOLUME, "tar"));
    host.inspectors.add(new WordInspector(ArtifactKind.DATABASE, "PGDMP x"));
    int before = store.calls().size();

    VerifiedSet verified = verify(true);

    assertThat(verified.problems())
        .containsExactly(new FileProblem("databases/app.dump", "does not begin with PGDMP x"));
    assertThat(store.calls().subList(before, store.calls().size()))
        .containsOnlyOnce("open " + key("volumes/data.tar"));
    assertThat(verify(false).isWhole()).as("not deep").isTrue();
  }

  @Test
  void deep_compares_the_checksum_of_what_an_inspector_does_not_read_to_its_end() {
    host.backup();
    memory.overwrite(key("databases/app.dump"), TestHost.bytes("PGDMP dmg"));
    host.inspectors.add(new WordInspector(ArtifactKind.DATABASE, "PGDMP"));

    assertThat(verify(true).problems())
        .singleElement()
        .matches(p -> p.problem().contains("SHA-256"));
  }

  @Test
  void storage_that_fails_is_no_damage() {
    host.backup();
    host.targets.clear();
    host.storesOn("local", new FaultyBlobStore(memory, Fault.from(Operation.READ, 2)));

    assertThatThrownBy(() -> verify(false)).isInstanceOf(StorageFailure.class);
  }

  @Test
  void cancelled_it_ends() {
    host.backup();
    store.before("open " + key("databases/app.dump"), host.cancellation::cancel);

    assertThatThrownBy(() -> verify(false)).isInstanceOf(InterruptedFailure.class);
  }

  @Test
  void all_means_every_published_set_of_this_host() {
    host.backup();
    host.backup();
    TestHost.put(memory, "20250101_000000/databases/half.dump", "PGDMP");
    TestHost.put(memory, "20250102_000000/checksums.sha256", "broken");
    host.backup();
    memory.overwrite(
        new BlobKey("20251006_020002/manifest.json"),
        host.codec.write(Samples.manifest(TestHost.ID.next().next(), "other-host", List.of())));

    List<VerifiedSet> verified =
        host.useCases()
            .sets()
            .verifyBackup()
            .verifyAll(Optional.empty(), false, host.cancellation)
            .sets();

    assertThat(verified)
        .extracting(VerifiedSet::name)
        .containsExactly("20251006_020001", "20251006_020000", "20250102_000000");
    assertThat(verified).last().matches(set -> !set.isWhole());
  }

  @Test
  void a_target_that_cannot_be_read_does_not_stop_the_others() {
    host.backup();
    host.targets.clear();
    host.storesOn("unlisted", new FaultyBlobStore(memory, Fault.from(Operation.LIST, 1)))
        .storesOn("unread", new FaultyBlobStore(memory, Fault.from(Operation.READ, 2)))
        .storesOn("good", memory)
        .storesOn("empty", new InMemoryBlobStore());

    VerifiedAll all =
        host.useCases().sets().verifyBackup().verifyAll(Optional.empty(), false, host.cancellation);

    assertThat(all.unread()).hasSize(2);
    assertThat(all.sets()).singleElement().matches(VerifiedSet::isWhole);
  }

  @Test
  void a_target_that_is_gone_is_asked_for_no_further_file() {
    InMemoryBlobStore memory = new InMemoryBlobStore();
    TestHost many = new TestHost();
    FakeSource volumes = FakeSource.volumes();
    for (int i = 0; i < 20; i++) {
      volumes.has(ArtifactId.volume("v" + i), TestHost.bytes("tar"));
    }
    many.with(volumes).storesOn("nas", memory).backup();
    ObservedBlobStore observed =
        new ObservedBlobStore(new FaultyBlobStore(memory, Fault.from(Operation.OPEN, 3)));
    TestHost after = new TestHost(many.codec).storesOn("nas", observed);

    assertThatThrownBy(
            () ->
                after
                    .useCases()
                    .sets()
                    .verifyBackup()
                    .verify(
                        new SetSelector.ById(TestHost.ID, Optional.empty()),
                        false,
                        after.cancellation))
        .isInstanceOf(StorageFailure.class);

    assertThat(observed.calls("open")).hasSizeLessThan(10);
  }

  @Test
  void files_of_a_remote_target_are_read_at_least_four_at_a_time() {
    FakeSource volumes = FakeSource.volumes();
    CountDownLatch four = new CountDownLatch(4);
    for (String name : List.of("a", "b", "c", "d")) {
      volumes.has(ArtifactId.volume(name), TestHost.bytes("tar " + name));
    }
    host.with(volumes).backup();
    for (String name : List.of("a", "b", "c", "d")) {
      store.before("open " + key("volumes/" + name + ".tar"), () -> meet(four));
    }

    assertThat(verify(false).isWhole()).isTrue();
  }

  private static void meet(CountDownLatch all) {
    all.countDown();
    try {
      all.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private VerifiedSet verify(boolean deep) {
    return host.useCases()
        .sets()
        .verifyBackup()
        .verify(new SetSelector.ById(TestHost.ID, Optional.empty()), deep, host.cancellation);
  }

  private static BlobKey key(String path) {
    return new BlobKey(TestHost.ID + "/" + path);
  }

  /** Finds an artifact whole that begins with a word; reads a volume alone to its end. */
  private record WordInspector(ArtifactKind kind, String word) implements ArtifactInspector {
    @Override
    public boolean inspects(ArtifactKind other) {
      return kind == other;
    }

    @Override
    public long inspect(ArtifactId id, ArtifactContent content, Cancellation cancellation)
        throws IOException {
      try (InputStream in = content.open()) {
        byte[] head =
            kind == ArtifactKind.VOLUME ? in.readAllBytes() : in.readNBytes(word.length());
        if (!new String(head, java.nio.charset.StandardCharsets.UTF_8).startsWith(word)) {
          throw new IntegrityFailure("does not begin with " + word, "");
        }
        return 1;
      }
    }
  }
}
