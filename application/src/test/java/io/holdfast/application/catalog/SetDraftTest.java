package io.holdfast.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.ObservedBlobStore;
import io.holdfast.application.testing.Samples;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.StoredArtifact;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetDraftTest {

  private final TestHost host = new TestHost();
  private final InMemoryBlobStore memory = new InMemoryBlobStore();
  private final ObservedBlobStore store = new ObservedBlobStore(memory);
  private final StoredArtifact artifact = Samples.stored("databases/app.dump", "PGDMP app");

  @Test
  void the_checksums_are_committed_last_and_name_every_other_file() throws IOException {
    publish(store);

    assertThat(store.calls("commit")).last().isEqualTo(TestHost.ID + "/checksums.sha256");
    assertThat(host.set(memory, TestHost.ID).checksums())
        .containsOnlyKeys("RESTORE.md", "databases/app.dump", "manifest.json");
    assertThat(host.verifyAll(memory)).singleElement().matches(set -> set.isWhole());
  }

  @Test
  void a_set_that_is_not_published_cannot_be_read_as_one() throws IOException {
    write(host.catalog(memory).begin(TestHost.ID), "PGDMP app");

    assertThat(host.set(memory, TestHost.ID).isPublished()).isFalse();
  }

  @Test
  void abandoning_removes_every_file_and_the_checksums_before_all() throws IOException {
    SetDraft draft = publish(store);

    draft.abandon();

    assertThat(memory.contents()).isEmpty();
    assertThat(store.calls("delete")).first().isEqualTo(TestHost.ID + "/checksums.sha256");
  }

  @Test
  void abandoning_keeps_the_files_of_a_set_that_another_run_published() throws IOException {
    publish(memory);
    Map<String, String> before = TestHost.texts(memory);
    SetDraft late = host.catalog(memory).begin(TestHost.ID);
    assertThatThrownBy(() -> write(late, "late")).isInstanceOf(StorageFailure.class);

    late.abandon();

    assertThat(TestHost.texts(memory)).isEqualTo(before);
  }

  @Test
  void abandoning_removes_a_file_whose_commit_was_not_answered() {
    FaultyBlobStore faulty = new FaultyBlobStore(memory, Fault.once(Operation.COMMIT_ANSWER, 1));
    SetDraft draft = host.catalog(faulty).begin(TestHost.ID);
    assertThatThrownBy(() -> write(draft, "text")).hasMessageContaining("injected");
    assertThat(memory.contents()).isNotEmpty();

    draft.abandon();

    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void checksums_that_cannot_be_removed_keep_the_whole_set() throws IOException {
    FaultyBlobStore faulty = new FaultyBlobStore(memory, Fault.once(Operation.DELETE, 1));
    SetDraft draft = publish(faulty);

    assertThatThrownBy(draft::abandon).isInstanceOf(StorageFailure.class);

    assertThat(host.verifyAll(memory)).singleElement().matches(set -> set.isWhole());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void a_set_whose_publication_fails_at_any_file_is_not_published(int commit) {
    FaultyBlobStore faulty = new FaultyBlobStore(memory, Fault.once(Operation.COMMIT, commit));

    assertThatThrownBy(() -> publish(faulty)).isInstanceOf(StorageFailure.class);

    assertThat(host.set(memory, TestHost.ID).isPublished()).isFalse();
  }

  private SetDraft publish(BlobStore on) throws IOException {
    SetDraft draft = host.catalog(on).begin(TestHost.ID);
    write(draft, "PGDMP app");
    Manifest manifest = Samples.manifest(List.of(artifact));
    draft.writeGuide(manifest, Map.of());
    draft.writeManifest(manifest);
    draft.publish(() -> {});
    return draft;
  }

  private static void write(SetDraft draft, String text) throws IOException {
    try (BlobWriter writer = draft.create("databases/app.dump")) {
      writer.body().write(TestHost.bytes(text));
      writer.commit();
    }
  }
}
