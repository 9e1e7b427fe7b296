package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.FakeDestination;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.Samples;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreBackupServiceTest {

  private final InMemoryBlobStore store = new InMemoryBlobStore();
  private final TestHost host = new TestHost().storesOn("local", store);
  private final FakeDestination databases =
      new FakeDestination(id -> id.kind() == ArtifactKind.DATABASE);
  private final FakeDestination volumes =
      new FakeDestination(id -> id.kind() == ArtifactKind.VOLUME);

  RestoreBackupServiceTest() {
    host.destinations.add(volumes);
    host.destinations.add(databases);
  }

  @Test
  void everything_comes_back_databases_first_each_with_its_globals() {
    backUp();

    RestoreBackup.Result result = restore(request());

    assertThat(databases.present()).containsEntry("app", "PGDMP app").hasSize(2);
    assertThat(volumes.present()).containsEntry("data", "tar data");
    assertThat(databases.restoredWithGlobals())
        .containsExactlyInAnyOrder("app CREATE ROLE app;", "crm CREATE ROLE app;");
    assertThat(result.executed()).isTrue();
    assertThat(result.items())
        .extracting(item -> item.id().kind())
        .containsExactly(ArtifactKind.DATABASE, ArtifactKind.DATABASE, ArtifactKind.VOLUME);
    assertThat(result.items())
        .allSatisfy(
            item -> {
              assertThat(item.failure()).isEmpty();
              assertThat(item.warnings()).containsExactly("warned of " + item.target());
              assertThat(item.steps()).containsExactly("create " + item.target());
            });
    assertThat(host.hostLock.held()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "databases/app.dump",
        "databases/globals.sql",
        "volumes/data.tar",
        "manifest.json"
      })
  void a_damaged_file_is_found_before_anything_is_looked_at(String file) {
    backUp();
    if (file.equals("manifest.json")) {
      store.overwrite(
          key(file),
          host.codec.write(
              Samples.manifest(host.set(store, TestHost.ID).manifest().orElseThrow().artifacts())));
    } else {
      store.overwrite(key(file), TestHost.bytes("damage"));
    }

    assertThatThrownBy(() -> restore(request()))
        .isInstanceOf(IntegrityFailure.class)
        .hasMessageContaining("nothing was changed")
        .hasMessageContaining(file);
    assertThat(databases.log()).isEmpty();
    assertThat(volumes.log()).isEmpty();
    assertThat(host.hostLock.held()).isEmpty();
  }

  @Test
  void a_damaged_file_that_is_not_needed_does_not_stop_the_others() {
    backUp();
    store.overwrite(key("databases/crm.dump"), TestHost.bytes("damage"));

    restore(only("app"));

    assertThat(databases.present()).containsOnlyKeys("app");
  }

  @Test
  void obstacles_are_gathered_and_nothing_runs() {
    backUp();
    databases.has("crm", "old crm");
    volumes.has("data", "old data");

    SourceFailure failure = catchThrowableOfType(SourceFailure.class, () -> restore(request()));

    assertThat(failure)
        .hasMessageContaining("Nothing was changed")
        .hasMessageContaining("crm exists.")
        .hasMessageContaining("data exists.");
    assertThat(failure.hint()).isEqualTo("Use --force.");
    assertThat(databases.present()).containsEntry("crm", "old crm").hasSize(1);
    assertThat(volumes.present()).containsEntry("data", "old data");
  }

  @Test
  void with_force_what_exists_is_replaced() {
    backUp();
    databases.has("app", "old app");

    restore(new RestoreBackup.Request(latest(), Selection.all(), Optional.empty(), true, false));

    assertThat(databases.present()).containsEntry("app", "PGDMP app");
  }

  @Test
  void a_dry_run_plans_with_obstacles_and_changes_nothing() {
    backUp();
    databases.has("crm", "old crm");
    host.journal.leave(new Intent.HoldContainers(List.of("web"), Intent.HoldContainers.How.PAUSED));

    RestoreBackup.Result result =
        restore(
            new RestoreBackup.Request(latest(), Selection.all(), Optional.empty(), false, true));

    assertThat(result.executed()).isFalse();
    assertThat(result.items()).flatExtracting(item -> item.obstacles()).hasSize(1);
    assertThat(databases.log()).noneMatch(entry -> entry.startsWith("run"));
    assertThat(volumes.log()).containsExactly("prepare data");
    assertThat(host.undoer.undone()).as("a dry run undoes nothing").isEmpty();
  }

  @Test
  void one_that_fails_does_not_stop_the_others() {
    backUp();
    databases.failAt("app", FakeSource.failure("pg_restore failed"));

    RestoreBackup.Result result = restore(request());

    assertThat(result.items())
        .filteredOn(item -> item.failure().isPresent())
        .singleElement()
        .satisfies(item -> assertThat(item.failure()).contains("pg_restore failed"));
    assertThat(databases.present()).containsOnlyKeys("crm");
    assertThat(volumes.present()).containsOnlyKeys("data");
    assertThat(host.events.problems()).containsExactly("pg_restore failed");
  }

  @Test
  void when_all_fail_the_first_failure_is_thrown() {
    backUp();
    databases.failAt("app", FakeSource.failure("first"));
    databases.failAt("crm", FakeSource.failure("second"));
    volumes.failAt("data", FakeSource.failure("third"));

    assertThatThrownBy(() -> restore(request()))
        .isInstanceOf(SourceFailure.class)
        .hasMessage("first");
    assertThat(host.hostLock.held()).isEmpty();
  }

  @Test
  void cancelled_while_it_restores_it_begins_no_other() {
    backUp();
    databases.meanwhile(host.cancellation::cancel);

    assertThatThrownBy(() -> restore(request())).isInstanceOf(InterruptedFailure.class);
    assertThat(databases.present()).isEmpty();
    assertThat(volumes.log()).doesNotContain("run data");
    assertThat(host.hostLock.held()).isEmpty();
  }

  @Test
  void one_comes_back_under_another_name() {
    backUp();
    databases.has("app", "kept");

    restore(as("app_copy", "main/app"));

    assertThat(databases.present())
        .containsEntry("app_copy", "PGDMP app")
        .containsEntry("app", "kept");
  }

  @Test
  void two_cannot_come_back_under_one_name() {
    backUp();

    assertThatThrownBy(() -> restore(as("copy", "app", "crm")))
        .isInstanceOf(UsageFailure.class)
        .hasMessageContaining("2 are selected");
  }

  @Test
  void a_name_that_the_set_has_not_is_told() {
    backUp();

    assertThatThrownBy(() -> restore(only("app", "ap")))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("no database or volume named ap.");
  }

  @Test
  void what_a_partial_set_lacks_is_told_as_failed_beside_what_it_has() {
    host.with(
            FakeSource.cluster("main")
                .has(ArtifactId.database("main", "app"), TestHost.bytes("PGDMP app"))
                .breaksOff(ArtifactId.database("main", "crm"), TestHost.bytes("P")))
        .backup();

    RestoreBackup.Result result =
        restore(
            new RestoreBackup.Request(
                new SetSelector.ById(TestHost.ID, Optional.empty()),
                Selection.all(),
                Optional.empty(),
                false,
                false));

    assertThat(databases.present()).containsOnlyKeys("app");
    assertThat(result.items()).hasSize(2).last().satisfies(RestoreBackupServiceTest::isMissed);
    assertThatThrownBy(
            () ->
                restore(
                    new RestoreBackup.Request(
                        new SetSelector.ById(TestHost.ID, Optional.empty()),
                        new Selection(Set.of(ArtifactKind.DATABASE), List.of("crm")),
                        Optional.empty(),
                        false,
                        false)))
        .isInstanceOf(IntegrityFailure.class)
        .hasMessageContaining("crm broke off");
  }

  private static void isMissed(RestoreBackup.RestoredItem item) {
    assertThat(item.id().name()).isEqualTo("crm");
    assertThat(item.failure()).get().asString().contains("is not in the set").contains("broke off");
  }

  @Test
  void latest_passes_over_a_partial_set() {
    backUp();
    host.sources.clear();
    host.with(
            FakeSource.cluster("main")
                .has(ArtifactId.database("main", "app"), TestHost.bytes("PGDMP newer"))
                .breaksOff(ArtifactId.database("main", "crm"), TestHost.bytes("P")))
        .backup();

    assertThat(restore(only("app")).set()).isEqualTo(TestHost.ID.toString());
  }

  @Test
  void a_set_made_by_hand_comes_back_too() {
    handmade("databases/app.dump", "PGDMP app", "data.TGZ", gzip("tar data"));
    databases.has("other", "");

    restore(byId());

    assertThat(databases.present()).containsEntry("app", "PGDMP app");
    assertThat(volumes.present()).containsEntry("data", "tar data");
  }

  @Test
  void two_files_of_a_handmade_set_that_tell_one_name_are_refused() {
    handmade("a/app.dump", "PGDMP 1", "b/app.dump", "PGDMP 2");

    assertThatThrownBy(() -> restore(byId()))
        .isInstanceOf(IntegrityFailure.class)
        .hasMessageContaining("a/app.dump and b/app.dump");
    assertThat(databases.log()).isEmpty();
  }

  @Test
  void an_unfinished_set_is_refused() {
    TestHost.put(store, TestHost.ID + "/databases/app.dump", "PGDMP");

    assertThatThrownBy(() -> restore(byId()))
        .isInstanceOf(IntegrityFailure.class)
        .hasMessageContaining("is incomplete");
  }

  @Test
  void an_unknown_set_is_told() {
    assertThatThrownBy(() -> restore(byId()))
        .isInstanceOf(IntegrityFailure.class)
        .hasMessageContaining("There is no set " + TestHost.ID + " on any target.");
  }

  @Test
  void an_artifact_that_no_place_takes_is_an_obstacle() {
    backUp();
    host.destinations.remove(databases);

    assertThatThrownBy(() -> restore(request()))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("No configured place takes the database main/app.");
    assertThat(volumes.present()).isEmpty();
  }

  @Test
  void two_restores_at_once_are_one_too_many() {
    backUp();
    host.hostLock.acquire("restore");

    assertThatThrownBy(() -> restore(request())).isInstanceOf(BusyFailure.class);
    assertThat(databases.log()).isEmpty();
  }

  @Test
  void what_a_killed_run_left_is_undone_before() {
    backUp();
    host.journal.leave(new Intent.HoldContainers(List.of("web"), Intent.HoldContainers.How.PAUSED));

    restore(request());

    assertThat(host.undoer.undone()).hasSize(1);
    assertThat(host.journal.abandoned()).isEmpty();
  }

  private void backUp() {
    host.with(
            FakeSource.cluster("main")
                .has(ArtifactId.database("main", "app"), TestHost.bytes("PGDMP app"))
                .has(ArtifactId.database("main", "crm"), TestHost.bytes("PGDMP crm"))
                .has(ArtifactId.globals("main"), TestHost.bytes("CREATE ROLE app;")))
        .with(FakeSource.volumes().has(ArtifactId.volume("data"), TestHost.bytes("tar data")))
        .backup();
  }

  private void handmade(String path1, Object bytes1, String path2, Object bytes2) {
    StringBuilder sums = new StringBuilder();
    String[] paths = {path1, path2};
    Object[] contents = {bytes1, bytes2};
    for (int i = 0; i < 2; i++) {
      byte[] bytes =
          contents[i] instanceof byte[] raw ? raw : TestHost.bytes(contents[i].toString());
      store.overwrite(key(paths[i]), bytes);
      sums.append(Samples.sha256(bytes)).append("  ./").append(paths[i]).append('\n');
    }
    TestHost.put(store, TestHost.ID + "/checksums.sha256", sums.toString());
  }

  private static byte[] gzip(String text) {
    try (java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream()) {
      try (java.util.zip.GZIPOutputStream out = new java.util.zip.GZIPOutputStream(bytes)) {
        out.write(TestHost.bytes(text));
      }
      return bytes.toByteArray();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private RestoreBackup.Result restore(RestoreBackup.Request request) {
    return host.useCases().restores().restoreBackup().restore(request, host.cancellation);
  }

  private static RestoreBackup.Request request() {
    return new RestoreBackup.Request(latest(), Selection.all(), Optional.empty(), false, false);
  }

  private static RestoreBackup.Request byId() {
    return new RestoreBackup.Request(
        new SetSelector.ById(TestHost.ID, Optional.empty()),
        Selection.all(),
        Optional.empty(),
        false,
        false);
  }

  private static RestoreBackup.Request only(String... names) {
    return new RestoreBackup.Request(latest(), selection(names), Optional.empty(), false, false);
  }

  private static RestoreBackup.Request as(String name, String... only) {
    return new RestoreBackup.Request(latest(), selection(only), Optional.of(name), false, false);
  }

  private static Selection selection(String... names) {
    return new Selection(Set.of(ArtifactKind.DATABASE, ArtifactKind.VOLUME), List.of(names));
  }

  private static SetSelector latest() {
    return new SetSelector.Latest(Optional.empty());
  }

  private static BlobKey key(String path) {
    return new BlobKey(TestHost.ID + "/" + path);
  }
}
