package io.holdfast.application.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.MemoryCodec;
import io.holdfast.application.testing.TestHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetRunTest {

  private final InMemoryBlobStore memory = new InMemoryBlobStore();
  private final TargetRun run =
      new TargetRun(
          new Target("nas", memory),
          new TestHost(new MemoryCodec()).catalog(memory).begin(TestHost.ID));

  @Test
  void nobody_sees_another_reason_while_a_lost_lock_is_looked_for() {
    BusyFailure lost = new BusyFailure("the lock was removed", "");
    List<Optional<Failure>> seenMeanwhile = new ArrayList<>();
    run.lockedBy(
        () -> {
          seenMeanwhile.add(run.failure());
          throw lost;
        });

    StorageFailure first = cleared();
    StorageFailure second = cleared();
    run.fail(first);
    run.fail(second);

    assertThat(seenMeanwhile).containsExactly(Optional.empty());
    assertThat(run.failure()).containsSame(lost);
    assertThat(lost.getSuppressed()).containsExactly(first, second);
  }

  @Test
  void what_fails_under_a_lock_that_holds_is_its_own_reason() {
    StorageFailure first = cleared();
    run.fail(first);
    run.fail(first);

    assertThat(run.failure()).containsSame(first);
    assertThat(first.getSuppressed()).isEmpty();
  }

  private static StorageFailure cleared() {
    return new StorageFailure(FailureKind.STORAGE, "what was written was cleared away", "");
  }
}
