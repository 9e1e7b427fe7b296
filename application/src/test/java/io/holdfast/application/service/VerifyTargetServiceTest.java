package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.catalog.LockTerms;
import io.holdfast.application.catalog.Presence;
import io.holdfast.application.contract.Contract;
import io.holdfast.application.contract.ContractCase;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.VerifyTarget.Result;
import io.holdfast.application.port.in.VerifyTarget.TriedPromise;
import io.holdfast.application.port.in.VerifyTarget.VerifiedTarget;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobVisitor;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.ForwardingBlobStore;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.application.testing.ObservedBlobStore;
import io.holdfast.application.testing.TestHost;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class VerifyTargetServiceTest {

  private static final String LOCK = ".holdfast/locks/repository";
  private static final String SET = "20251005_020000/manifest.json";

  private final InMemoryBlobStore memory = new InMemoryBlobStore();
  private final TestHost host = new TestHost();

  @Test
  void a_target_that_does_right_keeps_every_promise_and_nothing_is_left_beside_its_sets() {
    TestHost.put(memory, SET, "a set");
    host.storesOn("other", new InMemoryBlobStore()).storesOn("nas", small(memory));

    VerifiedTarget verified = verify("nas", false);

    assertThat(verified.promises()).extracting(TriedPromise::result).containsOnly(Result.KEPT);
    assertThat(verified.isTrusty()).isTrue();
    assertThat(verified.promises())
        .extracting(TriedPromise::promise)
        .containsSubsequence(Contract.whole().stream().map(ContractCase::promise).toList())
        .hasSize(Contract.whole().size() + 1);
    assertThat(verified.features()).isEqualTo(memory.features());
    assertThat(memory.contents()).containsExactly(SET);
    assertThat(host.events.warnings()).isEmpty();
  }

  @Test
  void the_quick_form_tries_less_and_writes_below_its_own_folder_alone() {
    ObservedBlobStore observed = new ObservedBlobStore(memory);
    host.storesOn("nas", observed);

    VerifiedTarget verified = verify("nas", true);

    assertThat(verified.promises()).hasSize(Contract.quick().size() + 1);
    assertThat(verified.isTrusty()).isTrue();
    assertThat(observed.calls("commit"))
        .filteredOn(key -> !key.equals(LOCK))
        .isNotEmpty()
        .allMatch(key -> key.startsWith(".holdfast/contract/100-"));
    assertThat(observed.calls("delete"))
        .filteredOn(key -> !key.equals(LOCK))
        .allMatch(key -> key.startsWith(".holdfast/contract/100-"));
    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void a_broken_promise_is_told_the_others_are_tried_and_nothing_is_left() {
    host.storesOn("nas", listingBackwards(memory));

    VerifiedTarget verified = verify("nas", true);

    assertThat(verified.isTrusty()).isFalse();
    assertThat(verified.promises())
        .filteredOn(each -> each.result() == Result.BROKEN)
        .isNotEmpty()
        .allMatch(each -> each.seen().contains("shows"));
    assertThat(verified.promises()).extracting(TriedPromise::result).contains(Result.KEPT);
    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void a_target_that_goes_away_is_not_tried_further() {
    host.storesOn("nas", new FaultyBlobStore(memory, Fault.from(Operation.CREATE, 4)));

    VerifiedTarget verified = verify("nas", true);

    assertThat(verified.promises()).extracting(TriedPromise::result).contains(Result.NOT_TRIED);
    assertThat(verified.promises())
        .filteredOn(each -> each.result() == Result.BROKEN)
        .singleElement()
        .extracting(TriedPromise::seen)
        .asString()
        .contains("STORAGE_UNREACHABLE", "injected");
    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void what_cannot_be_removed_is_a_broken_promise_that_names_the_place() {
    FaultyBlobStore faulty =
        new FaultyBlobStore(memory, Fault.from(Operation.DELETE, 1).as(FailureKind.STORAGE));
    host.storesOn("nas", faulty);

    VerifiedTarget verified = verify("nas", true);

    TriedPromise last = verified.promises().get(verified.promises().size() - 1);
    assertThat(last.promise()).isEqualTo("nothing of this trial is left");
    assertThat(last.result()).isEqualTo(Result.BROKEN);
    assertThat(last.seen()).contains(".holdfast/contract/", "injected");
  }

  @Test
  void whoever_interrupts_it_finds_nothing_left() {
    ObservedBlobStore observed =
        new ObservedBlobStore(memory) {
          @Override
          public void list(String prefix, BlobVisitor visitor) {
            if (calls("commit").size() > 5) {
              host.cancellation.cancel();
            }
            super.list(prefix, visitor);
          }
        };
    host.storesOn("nas", observed);

    assertThatThrownBy(() -> verify("nas", false)).isInstanceOf(InterruptedFailure.class);

    assertThat(observed.calls("commit")).hasSizeGreaterThan(5);
    assertThat(memory.contents()).isEmpty();
  }

  @Test
  void what_a_killed_trial_left_goes_and_what_a_living_one_has_stays() {
    ScratchNames names = new ScratchNames(TestHost.NAME, host.processes);
    String living = ".holdfast/contract/" + names.next() + "/part0/a";
    String dead = ".holdfast/contract/" + names.next().replace("100-", "4711-") + "/part0/a";
    String foreign = ".holdfast/contract/what-is-this/a";
    List.of(living, dead, foreign).forEach(key -> TestHost.put(memory, key, "x"));
    host.storesOn("nas", memory);

    verify("nas", true);

    assertThat(memory.contents()).containsExactly(living);
    assertThat(host.events.warnings()).singleElement().asString().contains("killed");
  }

  @Test
  void a_run_that_is_at_work_is_not_disturbed() {
    host.storesOn("nas", memory);
    var held =
        new TargetLocker(
                host.codec,
                new Presence(
                    host.processes,
                    LockTerms.DEFAULT,
                    "another-host",
                    Clock.fixed(TestHost.NOW, ZoneOffset.UTC)),
                host.events)
            .lock(host.catalog(memory), "backup", Optional.empty(), lost -> {});

    assertThatThrownBy(() -> verify("nas", true)).isInstanceOf(BusyFailure.class);

    assertThat(memory.contents()).containsExactly(LOCK);
    held.close();
  }

  @Test
  void a_secret_in_a_location_is_found() {
    host.secrets.add(Secret.of("pl4nted".toCharArray()));
    host.storesOn(
        "nas",
        new ForwardingBlobStore(small(memory)) {
          @Override
          public String location() {
            return "sftp://me:pl4nted@nas";
          }
        });

    assertThat(verify("nas", false).promises())
        .filteredOn(each -> each.result() == Result.BROKEN)
        .singleElement()
        .extracting(TriedPromise::promise)
        .asString()
        .startsWith("no secret");
  }

  @Test
  void an_unknown_target_is_said_to_be() {
    assertThatThrownBy(() -> verify("nowhere", true))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void a_target_that_cannot_be_locked_is_a_storage_failure() {
    host.storesOn("nas", new FaultyBlobStore(memory, Fault.from(Operation.CREATE, 1)));

    assertThatThrownBy(() -> verify("nas", true)).isInstanceOf(StorageFailure.class);
    assertThat(memory.contents()).isEmpty();
  }

  private VerifiedTarget verify(String target, boolean quick) {
    return host.useCases().oversight().verifyTarget().verify(target, quick, host.cancellation);
  }

  /** With so little room that the largest blob is small. */
  private static BlobStore small(BlobStore store) {
    return new ForwardingBlobStore(store) {
      @Override
      public OptionalLong freeBytes() {
        return OptionalLong.of(8 << 20);
      }
    };
  }

  private static BlobStore listingBackwards(BlobStore store) {
    return new ForwardingBlobStore(store) {
      @Override
      public void list(String prefix, BlobVisitor visitor) {
        List<BlobKey> keys =
            TestHost.keys(inner()).stream()
                .filter(key -> key.startsWith(prefix))
                .map(BlobKey::new)
                .sorted(Comparator.reverseOrder())
                .toList();
        keys.forEach(key -> visitor.visit(stat(key)));
      }
    };
  }
}
