package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.catalog.ClusterAddress;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.VerifyBackup.VerifiedSet;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.source.ExportReport;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.SetStatus;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class CreateBackupServiceTest {

  private static final ArtifactId APP = ArtifactId.database("main", "app");
  private static final ArtifactId CRM = ArtifactId.database("main", "crm");
  private static final ArtifactId DATA = ArtifactId.volume("data");

  private final InMemoryBlobStore store = new InMemoryBlobStore();
  private final TestHost host = new TestHost().storesOn("local", store);

  @Test
  void a_complete_set_holds_every_artifact_and_verifies() {
    host.with(
            FakeSource.cluster("main")
                .has(APP, TestHost.bytes("PGDMP app"))
                .has(ArtifactId.globals("main"), TestHost.bytes("CREATE ROLE app;")))
        .with(
            FakeSource.volumes()
                .has(DATA, TestHost.bytes("tar data"))
                .has(ArtifactId.container("web"), TestHost.bytes("{}")));

    CreateBackup.Result result = host.backup();

    assertThat(result.manifest().status()).isEqualTo(SetStatus.COMPLETE);
    assertThat(result.manifest().id()).isEqualTo(TestHost.ID);
    assertThat(result.manifest().host()).isEqualTo(TestHost.NAME);
    assertThat(result.manifest().tag()).contains("tag");
    assertThat(result.targets())
        .singleElement()
        .satisfies(
            target -> {
              assertThat(target.failure()).isEmpty();
              assertThat(target.location()).isEqualTo("memory/20251006_020000");
            });
    assertThat(TestHost.keys(store))
        .containsExactly(
            "20251006_020000/RESTORE.md",
            "20251006_020000/checksums.sha256",
            "20251006_020000/containers/web.json",
            "20251006_020000/databases/app.dump",
            "20251006_020000/databases/globals.sql",
            "20251006_020000/manifest.json",
            "20251006_020000/volumes/data.tar",
            "README.md");
    assertThat(TestHost.text(store, "20251006_020000/databases/app.dump")).isEqualTo("PGDMP app");
    assertThat(host.verifyAll(store)).singleElement().matches(VerifiedSet::isWhole);
    assertThat(host.events.of(BackupEvent.ArtifactStored.class)).hasSize(4);
  }

  @Test
  void an_artifact_that_fails_makes_the_set_partial_and_leaves_no_file() {
    host.with(
        FakeSource.cluster("main")
            .has(APP, TestHost.bytes("PGDMP app"))
            .breaksOff(CRM, TestHost.bytes("PGDMP cr")));

    CreateBackup.Result result = host.backup();

    assertThat(result.manifest().status()).isEqualTo(SetStatus.PARTIAL);
    assertThat(result.manifest().failed())
        .containsExactly(new FailedArtifact(CRM, "database main/crm broke off"));
    assertThat(TestHost.setKeys(store)).noneMatch(key -> key.contains("crm"));
    assertThat(store.contents()).as("nothing half written").noneMatch(key -> key.startsWith("("));
    assertThat(TestHost.text(store, TestHost.ID + "/RESTORE.md"))
        .contains("PARTIAL")
        .contains("database main/crm: database main/crm broke off");
    assertThat(host.events.problems()).containsExactly("database main/crm failed: " + reason(CRM));
    assertThat(host.verifyAll(store)).singleElement().matches(VerifiedSet::isWhole);
  }

  @Test
  void when_all_fail_there_is_no_set_and_the_failure_tells_every_reason() {
    host.with(
        FakeSource.cluster("main")
            .breaksOff(APP, TestHost.bytes("PGDMP"))
            .breaksOff(CRM, TestHost.bytes("PGDMP")));

    SourceFailure failure = catchThrowableOfType(SourceFailure.class, host::backup);

    assertThat(failure)
        .hasMessageContaining("there is no set")
        .hasMessageContaining(reason(APP))
        .hasMessageContaining(reason(CRM));
    assertThat(failure.hint()).contains("holdfast check");
    assertThat(store.contents()).isEmpty();
  }

  @Test
  void an_artifact_that_comes_out_empty_or_without_an_entry_has_failed() {
    host.with(
        FakeSource.cluster("main")
            .has(APP, TestHost.bytes("PGDMP app"))
            .has(CRM, new byte[0])
            .has(
                FakeSource.spec(ArtifactId.database("main", "erp")),
                (sink, cancellation) -> {
                  sink.write(TestHost.bytes("PGDMP"));
                  return new ExportReport(5, 0, new ArtifactOrigin.Unknown(), List.of());
                }));

    CreateBackup.Result result = host.backup();

    assertThat(result.manifest().failed().map(FailedArtifact::reason))
        .hasSize(2)
        .allMatch(reason -> reason.contains("came out empty"));
    assertThat(result.manifest().stored().map(Artifact::id)).containsExactly(APP);
  }

  @Test
  void globals_and_containers_alone_are_no_backup_of_the_data_that_was_meant() {
    host.with(
            FakeSource.cluster("main")
                .breaksOff(APP, TestHost.bytes("PGDMP"))
                .has(ArtifactId.globals("main"), TestHost.bytes("CREATE ROLE app;")))
        .with(
            FakeSource.volumes()
                .breaksOff(DATA, TestHost.bytes("tar"))
                .has(ArtifactId.container("web"), TestHost.bytes("{}")));

    assertThatThrownBy(host::backup)
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining(reason(APP))
        .hasMessageContaining(reason(DATA));
    assertThat(store.contents()).isEmpty();
  }

  @Test
  void a_source_that_cannot_look_makes_the_set_of_the_others_partial_with_its_hint() {
    host.with(FakeSource.cluster("main").isDown("connection refused"))
        .with(FakeSource.volumes().has(DATA, TestHost.bytes("tar")));

    CreateBackup.Result result = host.backup();

    assertThat(result.manifest().failed())
        .containsExactly(
            new FailedArtifact(ArtifactId.database("main", "*"), "connection refused Look at it."));
    assertThat(host.events.problems()).hasSize(1);
  }

  @Test
  void a_source_that_was_not_asked_for_does_not_matter_when_it_is_down() {
    host.with(FakeSource.cluster("main").isDown("connection refused"))
        .with(FakeSource.volumes().has(DATA, TestHost.bytes("tar")));

    CreateBackup.Result result = host.backup(new Selection(Set.of(ArtifactKind.VOLUME), List.of()));

    assertThat(result.manifest().status()).isEqualTo(SetStatus.COMPLETE);
  }

  @Test
  void a_database_that_refuses_connections_is_an_error_and_no_omission() {
    host.with(
        FakeSource.cluster("main")
            .has(APP, TestHost.bytes("PGDMP"))
            .lacks(CRM, "it refuses connections"));

    CreateBackup.Result result = host.backup();

    assertThat(result.manifest().status()).isEqualTo(SetStatus.PARTIAL);
    assertThat(result.manifest().artifacts().stream().map(Artifact::id)).containsExactly(APP, CRM);
  }

  @Test
  void a_name_that_is_nowhere_is_an_error_before_anything_is_read() {
    host.with(FakeSource.cluster("main").has(APP, TestHost.bytes("PGDMP")));

    assertThatThrownBy(() -> host.backup(only("app", "ap", "main/app", "other/app")))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("named ap, other/app.");
    assertThat(store.contents()).isEmpty();
  }

  @Test
  void a_name_that_is_nowhere_because_its_cluster_is_down_says_so() {
    host.with(FakeSource.cluster("main").isDown("connection refused"));

    assertThatThrownBy(() -> host.backup(only("app")))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("named app.")
        .hasMessageContaining("connection refused");
  }

  @Test
  void one_name_alone_is_backed_up_with_what_goes_along() {
    host.with(
        FakeSource.cluster("main")
            .has(APP, TestHost.bytes("PGDMP app"))
            .has(CRM, TestHost.bytes("PGDMP crm"))
            .has(ArtifactId.globals("main"), TestHost.bytes("CREATE ROLE app;")));

    CreateBackup.Result result = host.backup(only("app"));

    assertThat(result.manifest().stored().map(Artifact::id))
        .containsExactlyInAnyOrder(APP, ArtifactId.globals("main"));
  }

  @Test
  void nothing_selected_is_an_error_that_tells_what_was_left_out() {
    host.with(FakeSource.volumes().warns("volume pg holds a running server's data"));

    assertThatThrownBy(host::backup)
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("nothing to back up")
        .hasMessageContaining("volume pg holds a running server's data");
  }

  @Test
  void what_was_left_out_is_warned_of_and_in_the_result() {
    host.with(
        FakeSource.volumes()
            .has(DATA, TestHost.bytes("tar"))
            .warns("volume pg holds a running server's data"));

    CreateBackup.Result result = host.backup();

    assertThat(result.warnings()).containsExactly("volume pg holds a running server's data");
    assertThat(host.events.warnings()).containsExactlyElementsOf(result.warnings());
    assertThat(result.manifest().status()).isEqualTo(SetStatus.COMPLETE);
  }

  @Test
  void what_an_export_warns_of_is_in_the_manifest_and_told() {
    host.with(
        FakeSource.volumes()
            .has(
                FakeSource.spec(DATA),
                (sink, cancellation) -> {
                  sink.write(1);
                  return new ExportReport(
                      1,
                      1,
                      new ArtifactOrigin.Unknown(),
                      List.of("file x changed while it was read"));
                }));

    CreateBackup.Result result = host.backup();

    assertThat(result.manifest().stored())
        .singleElement()
        .satisfies(a -> assertThat(a.warnings()).hasSize(1));
    assertThat(host.events.warnings())
        .containsExactly("volume data: file x changed while it was read");
  }

  @Test
  void a_taken_id_moves_on_to_the_next_free_second() {
    TestHost.put(store, "20251006_020000/databases/old.dump", "PGDMP old");
    TestHost.put(store, "20251006_020001/checksums.sha256", "whatever");
    host.with(FakeSource.volumes().has(DATA, TestHost.bytes("tar")));

    assertThat(host.backup().manifest().id()).hasToString("20251006_020002");
    assertThat(TestHost.setKeys(store))
        .contains("20251006_020000/databases/old.dump", "20251006_020001/checksums.sha256");
  }

  @Test
  void two_clusters_have_a_folder_each() {
    host.clusters.put("main", address());
    host.clusters.put("a/b", address());
    host.with(FakeSource.cluster("main").has(APP, TestHost.bytes("PGDMP 1")))
        .with(
            FakeSource.cluster("a/b")
                .has(ArtifactId.database("a/b", "app"), TestHost.bytes("PGDMP 2")));

    host.backup();

    assertThat(TestHost.setKeys(store))
        .contains(
            "20251006_020000/databases/main/app.dump", "20251006_020000/databases/a%2Fb/app.dump");
  }

  @Test
  void what_needs_a_hold_is_begun_first_and_then_the_largest() {
    List<String> begun = new CopyOnWriteArrayList<>();
    host.jobs(1)
        .with(
            FakeSource.volumes()
                .has(sized("small", 1), logging(begun, "small"))
                .has(sized("large", 9), logging(begun, "large"))
                .has(
                    FakeSource.heldSpec(ArtifactId.volume("held"), "web"), logging(begun, "held")));

    host.backup();

    assertThat(begun).containsExactly("held", "large", "small");
  }

  @Test
  void never_more_artifacts_are_read_at_once_than_jobs_and_as_many_as_that() throws Exception {
    AtomicInteger reading = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    FakeSource source = FakeSource.volumes();
    for (int i = 0; i < 9; i++) {
      source.has(
          FakeSource.spec(ArtifactId.volume("v" + i)),
          (sink, cancellation) -> {
            most.accumulateAndGet(reading.incrementAndGet(), Math::max);
            three.countDown();
            awaitQuietly(three);
            sink.write(1);
            reading.decrementAndGet();
            return FakeSource.report(1);
          });
    }
    host.jobs(3).with(source).backup();

    assertThat(most).hasValue(3);
    assertThat(three.await(0, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_compressed_volume_is_stored_compressed_and_counted_as_stored() throws Exception {
    String text = "all the same ".repeat(10_000);
    host.with(
        FakeSource.volumes()
            .has(
                new ArtifactSpec(DATA, Encoding.GZIP, OptionalLong.of(5), Set.of()),
                TestHost.bytes(text)));

    CreateBackup.Result result = host.backup();

    byte[] stored;
    try (var in = store.open(new BlobKey(TestHost.ID + "/volumes/data.tar.gz"))) {
      stored = in.readAllBytes();
    }
    assertThat(new GZIPInputStream(new ByteArrayInputStream(stored))).hasContent(text);
    assertThat(result.manifest().stored())
        .singleElement()
        .satisfies(
            a -> {
              assertThat(a.storedBytes()).isEqualTo(stored.length).isLessThan(text.length());
              assertThat(a.sourceBytes()).isEqualTo(text.length());
            });
  }

  @Test
  void the_readme_is_written_once_and_kept() {
    TestHost.put(store, "README.md", "my own");
    host.with(FakeSource.volumes().has(DATA, TestHost.bytes("tar"))).backup();

    assertThat(TestHost.text(store, "README.md")).isEqualTo("my own");
  }

  @Test
  void a_bug_in_one_artifact_leaves_nothing_on_the_store_and_no_lock() {
    host.with(
        FakeSource.volumes()
            .has(DATA, TestHost.bytes("tar"))
            .has(
                FakeSource.spec(ArtifactId.volume("bug")),
                (sink, cancellation) -> {
                  throw new IllegalStateException("a bug");
                }));

    assertThatThrownBy(host::backup).isInstanceOf(IllegalStateException.class);
    assertThat(store.contents()).isEmpty();
  }

  private static ArtifactSpec sized(String volume, long bytes) {
    return new ArtifactSpec(
        ArtifactId.volume(volume), Encoding.NONE, OptionalLong.of(bytes), Set.of());
  }

  private static FakeSource.Export logging(List<String> log, String name) {
    return (sink, cancellation) -> {
      log.add(name);
      sink.write(1);
      return FakeSource.report(1);
    };
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("fewer artifacts were read at once than jobs");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Selection only(String... names) {
    return new Selection(Set.of(ArtifactKind.DATABASE, ArtifactKind.VOLUME), List.of(names));
  }

  private static String reason(ArtifactId id) {
    return id.describe() + " broke off";
  }

  private static ClusterAddress address() {
    return new ClusterAddress("127.0.0.1", 5432, Optional.empty(), Optional.empty());
  }
}
