package io.holdfast.application.port.out.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.InterruptedFailure;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {

  private final Cancellation cancellation = new Cancellation();
  private final AtomicInteger ended = new AtomicInteger();

  @Test
  void what_is_registered_is_ended_once() {
    try (Cancellation.Registration registered = cancellation.onCancel(ended::incrementAndGet)) {
      cancellation.cancel();
      cancellation.cancel();
      assertThat(registered).isNotNull();
    }

    assertThat(ended).hasValue(1);
    assertThatThrownBy(cancellation::throwIfCancelled).isInstanceOf(InterruptedFailure.class);
  }

  @Test
  void what_is_done_is_not_ended() {
    cancellation.onCancel(ended::incrementAndGet).close();

    cancellation.cancel();

    assertThat(ended).hasValue(0);
  }

  @Test
  void what_is_registered_too_late_is_ended_at_once() {
    cancellation.cancel();

    cancellation.onCancel(ended::incrementAndGet).close();

    assertThat(ended).hasValue(1);
  }

  @Test
  void a_scope_ends_with_the_one_above_and_not_the_other_way() {
    try (Cancellation.Child child = cancellation.child()) {
      child.scope().cancel();
      assertThat(cancellation.isCancelled()).isFalse();
    }
    try (Cancellation.Child child = cancellation.child()) {
      cancellation.cancel();
      assertThat(child.scope().isCancelled()).isTrue();
    }
  }

  @Test
  void a_scope_that_was_closed_is_left_alone() {
    Cancellation.Child child = cancellation.child();
    child.close();

    cancellation.cancel();

    assertThat(child.scope().isCancelled()).isFalse();
  }

  @Test
  void one_that_waits_is_woken() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              waiting.countDown();
              if (cancellation.awaitCancelled(60_000)) {
                ended.incrementAndGet();
              }
            });
    thread.start();
    waiting.await();
    cancellation.cancel();
    thread.join();

    assertThat(ended).hasValue(1);
  }

  @Test
  void one_that_waits_in_vain_is_told_so() {
    assertThat(cancellation.awaitCancelled(1)).isFalse();
  }
}
