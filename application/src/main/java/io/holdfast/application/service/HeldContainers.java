package io.holdfast.application.service;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.Hold;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The containers of a plan, held from before its moment is fixed until nothing needs it any more,
 * and never longer than they may be.
 */
final class HeldContainers implements AutoCloseable {

  private final Hold hold;
  private final List<String> names;
  private final Duration longest;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(HeldContainers::timerThread);
  private Optional<Hold.Held> held = Optional.empty();
  private Optional<Future<?>> running = Optional.empty();
  private Optional<Instant> begun = Optional.empty();
  private Optional<Instant> ended = Optional.empty();
  private Optional<Failure> unreleased = Optional.empty();
  private boolean ranOut;
  private int needing;

  /**
   * @param longest after which they go on whatever still needs them
   */
  HeldContainers(Hold hold, Set<String> containers, Duration longest, Clock clock) {
    this.hold = hold;
    this.names = containers.stream().sorted().toList();
    this.longest = longest;
    this.clock = clock;
  }

  List<String> names() {
    return names;
  }

  /**
   * Holds them, where there are any. The time runs from before the first one is held.
   *
   * @return why they cannot be held
   * @throws InterruptedFailure when cancelled
   */
  Optional<Failure> begin(Cancellation cancellation) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    Instant start = clock.instant();
    try {
      synchronized (this) {
        held = Optional.of(hold.hold(Set.copyOf(names), cancellation));
        begun = Optional.of(start);
      }
    } catch (InterruptedFailure interrupted) {
      throw interrupted;
    } catch (Failure failure) {
      return Optional.of(failure);
    }
    Duration left = longest.minus(Duration.between(start, clock.instant()));
    running =
        Optional.of(
            timer.schedule(this::runOut, Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS));
    return Optional.empty();
  }

  /** So many readings need them from now on; they go on at once when there are none. */
  synchronized void neededBy(int readings) {
    needing = readings;
    if (needing == 0) {
      end();
    }
  }

  /**
   * One of these readings has ended.
   *
   * @return true when they were held all the while
   */
  synchronized boolean readingEnded() {
    boolean still = held.isPresent();
    if (--needing == 0) {
      end();
    }
    return still;
  }

  /** Lets them go on. May be called again. */
  private synchronized void end() {
    if (held.isPresent()) {
      Hold.Held ending = held.get();
      held = Optional.empty();
      try {
        ending.close();
      } catch (Failure failure) {
        unreleased = Optional.of(failure);
      }
      ended = Optional.of(clock.instant());
    }
  }

  private synchronized void runOut() {
    ranOut = held.isPresent();
    end();
  }

  /** True when they had to go on although something still needed them. */
  synchronized boolean ranOut() {
    return ranOut;
  }

  /** When the first of them was held; empty where none was. */
  synchronized Optional<Instant> begun() {
    return begun;
  }

  /** How long they were held; nothing while they still are. */
  synchronized Duration lasted() {
    return begun
        .flatMap(from -> ended.map(to -> Duration.between(from, to)))
        // A clock that was put back meanwhile tells nothing.
        .filter(lasted -> !lasted.isNegative())
        .orElse(Duration.ZERO);
  }

  /** Why they do not go on. */
  synchronized Optional<Failure> unreleased() {
    return unreleased;
  }

  /** Lets them go on, on every path. The timer is not interrupted: it may be what is doing so. */
  @Override
  public void close() {
    end();
    running.ifPresent(alarm -> alarm.cancel(false));
    timer.shutdown();
  }

  private static Thread timerThread(Runnable work) {
    Thread thread = new Thread(work, "longest hold");
    thread.setDaemon(true);
    return thread;
  }
}
