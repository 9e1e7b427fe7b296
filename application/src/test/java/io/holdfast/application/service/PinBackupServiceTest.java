package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.CopyBackup.Mode;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.PinBackup;
import io.holdfast.application.port.in.PinBackup.Outcome;
import io.holdfast.application.port.in.PinBackup.PinnedCopy;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.ObservedBlobStore;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.SetId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PinBackupServiceTest {

  private static final String PIN = ".holdfast/pins/" + TestHost.ID;
  private static final Pin WHY = new Pin(Optional.of("before 9.2"), TestHost.NOW, TestHost.NAME);

  private final InMemoryBlobStore a = new InMemoryBlobStore();
  private final InMemoryBlobStore b = new InMemoryBlobStore();
  private final ObservedBlobStore observed = new ObservedBlobStore(a);
  private final FaultyBlobStore faulty = new FaultyBlobStore(b);
  private final TestHost host =
      new TestHost()
          .storesOn("a", observed)
          .storesOn("b", faulty)
          .with(
              FakeSource.cluster("main")
                  .has(ArtifactId.database("main", "app"), TestHost.bytes("PGDMP app")));

  @Test
  void a_set_is_pinned_on_every_target_and_that_is_listed_and_shown() {
    host.backup();

    PinBackup.Result result = pin(latest());

    assertThat(result.set()).isEqualTo(TestHost.ID);
    assertThat(result.targets())
        .containsExactly(
            new PinnedCopy("a", Outcome.PINNED, Optional.of(WHY)),
            new PinnedCopy("b", Outcome.PINNED, Optional.of(WHY)));
    var listing = host.useCases().sets().listBackups().list(Optional.empty());
    assertThat(listing.sets()).hasSize(2).allSatisfy(s -> assertThat(listing.pin(s)).contains(WHY));
    assertThat(host.useCases().sets().showBackup().show(latest()).pin()).contains(WHY);
  }

  @Test
  void pinning_again_keeps_the_first_pin_and_unpinning_again_is_no_failure() {
    host.backup();
    pin(latest());

    assertThat(pins().pin(latest(), Optional.of("other")).targets())
        .contains(new PinnedCopy("a", Outcome.ALREADY_PINNED, Optional.of(WHY)));
    assertThat(pins().unpin(latest()).targets())
        .extracting(PinnedCopy::outcome)
        .containsOnly(Outcome.UNPINNED);
    assertThat(pins().unpin(latest()).targets())
        .extracting(PinnedCopy::outcome)
        .containsOnly(Outcome.NOT_PINNED);
    assertThat(TestHost.keys(a)).doesNotContain(PIN);
  }

  @Test
  void a_target_that_cannot_be_reached_does_not_stop_the_others() {
    host.backup();
    faulty.inject(Fault.from(Operation.STAT, 1));

    PinBackup.Result result = pin(byId());

    assertThat(result.targets()).extracting(PinnedCopy::target).containsExactly("a");
    assertThat(result.failures()).singleElement().asString().contains("injected");
  }

  @Test
  void only_the_target_that_is_named_is_asked() {
    host.backup();

    pins().pin(new SetSelector.ById(TestHost.ID, Optional.of("b")), Optional.empty());

    assertThat(TestHost.keys(a)).doesNotContain(PIN);
    assertThat(TestHost.keys(b)).contains(PIN);
  }

  @Test
  void an_unknown_set_is_told_and_one_that_cannot_be_known_is_a_storage_failure() {
    SetSelector unknown = new SetSelector.ById(new SetId(Instant.EPOCH), Optional.empty());
    SetSelector path = new SetSelector.AtPath(Path.of("/x"));
    TestHost.put(a, "19700101_000000/manifest.json", "unfinished");

    assertThatThrownBy(() -> pin(unknown)).isInstanceOf(IntegrityFailure.class);
    assertThatThrownBy(() -> pins().unpin(unknown)).isInstanceOf(IntegrityFailure.class);
    assertThatThrownBy(() -> pin(latest())).isInstanceOf(IntegrityFailure.class);
    assertThatThrownBy(() -> pin(path)).isInstanceOf(UsageFailure.class);
    faulty.inject(Fault.from(Operation.STAT, 1));
    assertThatThrownBy(() -> pin(unknown)).isInstanceOf(StorageFailure.class);
    assertThat(a.contents()).noneMatch(key -> key.startsWith(".holdfast/pins"));
  }

  @Test
  void the_pin_of_a_set_that_is_gone_can_be_taken_away() {
    host.backup();
    pin(latest());
    host.set(a, TestHost.ID).files().keySet().forEach(path -> a.delete(key(path)));

    assertThat(pins().unpin(byId()).targets())
        .containsExactly(
            new PinnedCopy("a", Outcome.UNPINNED, Optional.empty()),
            new PinnedCopy("b", Outcome.UNPINNED, Optional.empty()));
  }

  @Test
  void a_set_that_is_deleted_while_it_is_pinned_is_not_said_to_be_pinned_there() {
    host.backup();
    observed.before("commit " + PIN, () -> a.delete(key("checksums.sha256")));

    PinBackup.Result result = pin(byId());

    assertThat(result.targets()).extracting(PinnedCopy::target).containsExactly("b");
    assertThat(TestHost.keys(a)).doesNotContain(PIN);
  }

  @Test
  void a_backup_pins_its_set_before_it_is_visible() {
    backUpPinned();

    List<String> commits = observed.calls("commit");
    assertThat(commits.indexOf(PIN))
        .isNotNegative()
        .isLessThan(commits.indexOf(key("checksums.sha256").value()));
    assertThat(host.useCases().sets().showBackup().show(latest()).pin()).contains(WHY);
  }

  @Test
  void the_pin_of_a_set_that_is_not_published_goes_with_it() {
    ObservedBlobStore refusing =
        new ObservedBlobStore(b)
            .before(
                "commit " + key("checksums.sha256"),
                () -> {
                  throw new StorageFailure(FailureKind.STORAGE_FULL, "no space left", "");
                });
    host.targets.clear();
    host.storesOn("a", observed).storesOn("b", refusing);

    CreateBackup.Result result = backUpPinned();

    assertThat(result.isStoredOn("b")).isFalse();
    assertThat(TestHost.keys(a)).contains(PIN);
    assertThat(TestHost.keys(b)).doesNotContain(PIN);
    assertThat(TestHost.setKeys(b)).isEmpty();
  }

  @Test
  void the_pin_of_a_backup_that_was_killed_goes_with_its_unfinished_set() {
    InMemoryBlobStore killed = new InMemoryBlobStore();
    TestHost dying = new TestHost(host.codec).storesOn("a", new ObservedBlobStore(killed));
    dying.sources.addAll(host.sources);
    TestHost.put(killed, TestHost.ID + "/databases/app.dump", "half");
    TestHost.put(killed, PIN, "");
    lockOfTheDead(killed);

    dying.at(Clock.offset(fixed(), Duration.ofHours(1))).backup();

    assertThat(TestHost.keys(killed)).doesNotContain(PIN);
  }

  @Test
  void a_copy_brings_the_pin_along_before_it_is_visible() {
    host.targets.clear();
    host.storesOn("a", a);
    host.backup();
    pin(latest());
    ObservedBlobStore target = new ObservedBlobStore(b);
    host.storesOn("b", target);

    copy();

    List<String> commits = target.calls("commit");
    assertThat(commits.indexOf(PIN))
        .isNotNegative()
        .isLessThan(commits.indexOf(key("checksums.sha256").value()));
    b.delete(new BlobKey(PIN));
    copy();
    assertThat(TestHost.keys(b)).as("also where the set was there already").contains(PIN);
  }

  private void copy() {
    host.useCases()
        .sets()
        .copyBackup()
        .copy(
            new SetSelector.ById(TestHost.ID, Optional.of("a")),
            "b",
            new Mode(false, Duration.ZERO),
            host.cancellation);
  }

  private CreateBackup.Result backUpPinned() {
    return host.useCases()
        .sets()
        .createBackup()
        .create(
            new CreateBackup.Request(
                Selection.all(),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                Optional.of("before 9.2")),
            host.cancellation);
  }

  private void lockOfTheDead(InMemoryBlobStore store) {
    TestHost.put(
        store,
        ".holdfast/locks/repository",
        new String(
            host.codec.write(
                new LockHolder(
                    "dead",
                    TestHost.NAME,
                    4711,
                    "mark",
                    TestHost.NOW,
                    "backup",
                    Optional.of(TestHost.ID))),
            StandardCharsets.UTF_8));
  }

  private static Clock fixed() {
    return Clock.fixed(TestHost.NOW, ZoneOffset.UTC);
  }

  private PinBackup pins() {
    return host.useCases().sets().pinBackup();
  }

  private PinBackup.Result pin(SetSelector selector) {
    return pins().pin(selector, Optional.of("before 9.2"));
  }

  private static SetSelector latest() {
    return new SetSelector.Latest(Optional.empty());
  }

  private static SetSelector byId() {
    return new SetSelector.ById(TestHost.ID, Optional.empty());
  }

  private static BlobKey key(String path) {
    return new BlobKey(TestHost.ID + "/" + path);
  }
}
