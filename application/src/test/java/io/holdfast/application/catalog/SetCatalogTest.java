package io.holdfast.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.ListedSet;
import io.holdfast.application.port.in.ListedSet.State;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.ObservedBlobStore;
import io.holdfast.application.testing.Samples;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.SetId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetCatalogTest {

  private final InMemoryBlobStore memory = new InMemoryBlobStore();
  private final ObservedBlobStore store = new ObservedBlobStore(memory);
  private final TestHost host = new TestHost();
  private final SetCatalog catalog = host.catalog(store);

  @Test
  void every_sort_of_set_is_shown_newest_first_and_what_is_no_set_is_not() {
    publish("20251001_000000", TestHost.NAME, List.of(stored()));
    publish("20251002_000000", TestHost.NAME, List.of(stored(), failed()));
    publish("20251003_000000", "other-host", List.of(stored()));
    TestHost.put(memory, "20251004_000000/checksums.sha256", "by hand");
    TestHost.put(memory, "20251004_000000/app.dump", "PGDMP");
    TestHost.put(memory, "20251005_000000/manifest.json", "no checksums yet");
    TestHost.put(memory, "20251006_000000/checksums.sha256", "sums");
    TestHost.put(memory, "20251006_000000/manifest.json", "of a newer major version");
    TestHost.put(memory, "20251306_000000/checksums.sha256", "no such month");
    TestHost.put(memory, ".holdfast/locks/repository", "lock");
    TestHost.put(memory, "README.md", "readme");
    TestHost.put(memory, "20251007_000000", "a file, no folder");

    List<ListedSet> sets = catalog.list();

    assertThat(sets)
        .extracting(ListedSet::state)
        .containsExactly(
            State.UNREADABLE,
            State.INCOMPLETE,
            State.HANDMADE,
            State.COMPLETE,
            State.PARTIAL,
            State.COMPLETE);
    assertThat(sets.get(0).problem()).isPresent();
    assertThat(sets.get(2).storedBytes()).isEqualTo("by hand".length() + "PGDMP".length());
    assertThat(sets.get(3).foreignHost()).contains("other-host");
    assertThat(sets.get(5).foreignHost()).isEmpty();
    assertThat(catalog.latest()).map(SetId::toString).contains("20251001_000000");
  }

  @Test
  void a_thousand_sets_take_one_listing_and_each_manifest_is_read_once() {
    SetId id = new SetId(TestHost.NOW);
    for (int i = 0; i < 1000; i++) {
      publish(id.toString(), TestHost.NAME, List.of(stored()));
      id = id.next();
    }

    assertThat(catalog.list()).hasSize(1000).allMatch(set -> set.state() == State.COMPLETE);

    assertThat(store.calls("list")).hasSize(1);
    assertThat(store.calls("open")).hasSize(1000).doesNotHaveDuplicates();
    assertThat(store.calls("stat")).isEmpty();
    assertThat(host.codec.manifestsRead()).isEqualTo(1000);
  }

  @Test
  void the_latest_reads_no_more_manifests_than_it_needs() {
    publish("20251001_000000", TestHost.NAME, List.of(stored()));
    publish("20251002_000000", TestHost.NAME, List.of(stored()));
    publish("20251003_000000", TestHost.NAME, List.of(failed(), stored()));

    assertThat(catalog.latest()).map(SetId::toString).contains("20251002_000000");
    assertThat(store.calls("open")).hasSize(2);
  }

  @Test
  void there_is_no_latest_where_no_set_is_complete() {
    publish("20251003_000000", TestHost.NAME, List.of(failed(), stored()));

    assertThat(catalog.latest()).isEmpty();
  }

  @Test
  void one_manifest_that_the_disk_does_not_give_back_does_not_hide_the_other_sets() {
    publish("20251001_000000", TestHost.NAME, List.of(stored()));
    publish("20251002_000000", TestHost.NAME, List.of(stored()));
    FaultyBlobStore faulty = new FaultyBlobStore(memory, Fault.once(Operation.READ, 1));

    assertThat(host.catalog(faulty).list())
        .extracting(ListedSet::state)
        .containsExactly(State.UNREADABLE, State.COMPLETE);
  }

  @Test
  void a_store_that_cannot_be_reached_is_a_failure_and_no_unreadable_set() {
    publish("20251001_000000", TestHost.NAME, List.of(stored()));
    FaultyBlobStore faulty =
        new FaultyBlobStore(
            memory, Fault.once(Operation.OPEN, 1).as(FailureKind.STORAGE_UNREACHABLE));

    assertThatThrownBy(() -> host.catalog(faulty).list()).isInstanceOf(StorageFailure.class);
  }

  @Test
  void an_unfinished_set_is_cleared_and_a_published_one_is_not() {
    TestHost.put(memory, "20251001_000000/databases/half.dump", "PGDMP");
    publish("20251002_000000", TestHost.NAME, List.of(stored()));

    assertThat(catalog.clearUnfinished(SetId.parse("20251001_000000").orElseThrow())).isTrue();
    assertThat(catalog.clearUnfinished(SetId.parse("20251002_000000").orElseThrow())).isFalse();
    assertThat(catalog.clearUnfinished(SetId.parse("20251003_000000").orElseThrow())).isFalse();

    assertThat(TestHost.setKeys(memory))
        .hasSize(2)
        .allMatch(key -> key.startsWith("20251002_000000/"));
  }

  @Test
  void a_set_is_found_by_its_id_whether_it_is_published_or_not() {
    TestHost.put(memory, "20251001_000000/databases/half.dump", "PGDMP");

    assertThat(catalog.find(SetId.parse("20251001_000000").orElseThrow()))
        .get()
        .matches(set -> !set.isPublished());
    assertThat(catalog.find(TestHost.ID)).isEmpty();
  }

  private void publish(String id, String of, List<? extends Artifact> artifacts) {
    byte[] manifest =
        host.codec.write(Samples.manifest(SetId.parse(id).orElseThrow(), of, artifacts));
    TestHost.put(memory, id + "/manifest.json", new String(manifest, StandardCharsets.UTF_8));
    TestHost.put(memory, id + "/checksums.sha256", "sums");
  }

  private static Artifact stored() {
    return Samples.stored("databases/app.dump", "PGDMP");
  }

  private static Artifact failed() {
    return new FailedArtifact(ArtifactId.volume("data"), "tar failed");
  }
}
