package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.in.VerifyBackup.Sample;
import io.holdfast.application.port.in.VerifyBackup.VerifiedAll;
import io.holdfast.application.port.in.VerifyBackup.VerifiedSet;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.ObservedBlobStore;
import io.holdfast.application.testing.SteppingClock;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.Share;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What verifications write down, and the samples that go by it. */
class VerifySampleTest {

  private final InMemoryBlobStore memory = new InMemoryBlobStore();
  private final ObservedBlobStore observed = new ObservedBlobStore(memory);
  private final FaultyBlobStore store = new FaultyBlobStore(observed);
  private final TestHost host =
      new TestHost()
          .at(new SteppingClock(TestHost.NOW, Duration.ofSeconds(1)))
          .storesOn("local", store)
          .with(
              FakeSource.cluster("main")
                  .has(ArtifactId.database("main", "app"), TestHost.bytes("PGDMP app")))
          .with(FakeSource.volumes().has(ArtifactId.volume("data"), TestHost.bytes("tar data")));

  @Test
  void what_a_verification_has_found_is_shown_with_the_set() {
    host.backup();
    verify(false);
    assertThat(verdict().orElseThrow())
        .matches(Verdict::whole)
        .matches(Verdict::everything)
        .matches(found -> !found.deep());

    verify(true);
    assertThat(verdict().orElseThrow().deep()).isTrue();

    memory.overwrite(key("volumes/data.tar"), TestHost.bytes("tar dat!"));
    verify(true);
    assertThat(verdict().orElseThrow().whole()).isFalse();
    assertThat(verdict().orElseThrow().problems())
        .singleElement()
        .asString()
        .startsWith("volumes/data.tar: ");
  }

  @Test
  void checksums_that_cannot_be_used_are_written_down_as_damage() {
    host.backup();
    memory.overwrite(key("checksums.sha256"), TestHost.bytes("none\n"));

    assertThatThrownBy(() -> verify(false)).isInstanceOf(IntegrityFailure.class);

    assertThat(recorded()).hasSize(1);
  }

  @Test
  void where_nothing_can_be_written_a_verification_tells_the_same() {
    host.backup();
    store.inject(Fault.from(Operation.CREATE, 1));

    assertThat(verify(false).isWhole()).isTrue();

    assertThat(recorded()).isEmpty();
    assertThat(host.events.warnings()).isEmpty();
  }

  @Test
  void a_sample_of_all_reads_all() {
    host.backup();

    VerifiedAll all = sample("100%");

    assertThat(all.sets()).singleElement().matches(VerifiedSet::isWhole);
    assertThat(all.sets().get(0).sample())
        .containsExactly("RESTORE.md", "databases/app.dump", "manifest.json", "volumes/data.tar");
    Sample sample = all.samples().get(0);
    assertThat(sample.files()).isEqualTo(sample.ofFiles()).isEqualTo(4);
    assertThat(sample.bytes()).isEqualTo(sample.ofBytes());
    assertThat(verdict().orElseThrow().everything()).isFalse();
  }

  @Test
  void in_the_stated_number_of_runs_every_file_is_read_and_no_more_than_were_chosen() {
    host.backup();
    host.backup();
    Set<String> files = new HashSet<>(TestHost.setKeys(memory));
    files.removeIf(key -> key.endsWith("checksums.sha256"));
    Set<String> read = new HashSet<>();

    for (int run = 0; run < 10; run++) {
      int before = observed.calls().size();
      VerifiedAll all = sample("10%");
      int chosen = 0;
      for (VerifiedSet set : all.sets()) {
        set.sample().forEach(path -> read.add(set.name() + "/" + path));
        chosen += set.sample().size();
      }
      assertThat(chosen).isEqualTo(all.samples().get(0).files()).isPositive();
      assertThat(
              observed.calls().subList(before, observed.calls().size()).stream()
                  .filter(call -> call.startsWith("open ") && files.contains(call.substring(5)))
                  .filter(call -> !call.endsWith("manifest.json"))
                  .count())
          .isLessThanOrEqualTo(chosen);
    }

    assertThat(read).isEqualTo(files);
  }

  @Test
  void damage_is_found_in_the_stated_number_of_runs_and_stands_after_it() {
    host.backup();
    host.backup();
    memory.overwrite(key("databases/app.dump"), TestHost.bytes("PGDMP xxx"));
    boolean found = false;

    for (int run = 0; run < 20; run++) {
      found |= !sample("5%").sets().stream().allMatch(VerifiedSet::isWhole);
    }

    assertThat(found).isTrue();
    assertThat(verdict().orElseThrow().whole()).isFalse();
  }

  @Test
  void a_missing_and_an_unlisted_file_are_found_too() {
    host.backup();
    memory.delete(key("databases/app.dump"));
    TestHost.put(memory, key("extra").value(), "extra");

    VerifiedAll all = sample("100%");

    assertThat(all.sets().get(0).problems())
        .extracting(problem -> problem.path())
        .containsExactlyInAnyOrder("databases/app.dump", "extra");
  }

  @Test
  void a_sample_that_cannot_be_written_down_is_warned_of() {
    host.backup();
    store.inject(Fault.from(Operation.CREATE, 1));

    assertThat(sample("5%").sets()).hasSize(1);

    assertThat(host.events.warnings()).singleElement().asString().contains("the same files");
  }

  @Test
  void where_there_is_no_set_there_is_no_sample() {
    assertThat(sample("5%").samples()).isEmpty();
  }

  @Test
  void verdicts_do_not_pile_up() {
    host.backup();
    for (int run = 0; run < 30; run++) {
      sample("20%");
    }
    assertThat(recorded()).hasSizeLessThanOrEqualTo(4);

    verify(false);
    assertThat(recorded()).hasSize(1);
  }

  private VerifiedSet verify(boolean deep) {
    return host.useCases().sets().verifyBackup().verify(byId(), deep, host.cancellation);
  }

  private VerifiedAll sample(String share) {
    return host.useCases()
        .sets()
        .verifyBackup()
        .verifySample(Optional.empty(), Share.parse(share).orElseThrow(), false, host.cancellation);
  }

  private Optional<Verdict> verdict() {
    return host.useCases().sets().showBackup().show(byId()).verified();
  }

  private List<String> recorded() {
    return memory.contents().stream().filter(key -> key.startsWith(".holdfast/verdicts/")).toList();
  }

  private SetSelector byId() {
    return new SetSelector.ById(first(), Optional.empty());
  }

  private SetId first() {
    return SetId.parse(TestHost.setKeys(memory).get(0).substring(0, 15)).orElseThrow();
  }

  private BlobKey key(String path) {
    return new BlobKey(first() + "/" + path);
  }
}
