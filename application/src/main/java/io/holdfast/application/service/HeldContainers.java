package io.holdfast.application.service;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.Hold;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
  private final Deque<One> held = new ArrayDeque<>();
  private final Map<String, Failure> unreleased = new TreeMap<>();
  private Optional<Future<?>> running = Optional.empty();
  private Optional<Instant> begun = Optional.empty();
  private Optional<Instant> ended = Optional.empty();
  private boolean taking;
  private boolean ranOut;
  private int needing;

  private record One(String name, Hold.Held held) {}

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
   * Holds them, where there are any, one after the other. The time runs from before the first one
   * is held: where it is over before the last one is, those that are held go on, and so does this.
   *
   * @return why they cannot be held
   * @throws InterruptedFailure when cancelled
   */
  Optional<Failure> begin(Cancellation cancellation) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    Instant start = clock.instant();
    take(true);
    running = Optional.of(timer.schedule(this::runOut, longest.toMillis(), TimeUnit.MILLISECONDS));
    try {
      for (String name : names) {
        if (!ranOut()) {
          took(new One(name, hold.hold(name, cancellation)));
        }
      }
    } catch (InterruptedFailure interrupted) {
      throw interrupted;
    } catch (Failure failure) {
      end();
      return Optional.of(failure);
    } finally {
      take(false);
    }
    synchronized (this) {
      begun = Optional.of(start);
    }
    return Optional.empty();
  }

  private synchronized void take(boolean now) {
    taking = now;
  }

  private synchronized void took(One one) {
    held.push(one);
    if (ranOut) {
      end();
    }
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
    boolean still = !held.isEmpty();
    if (--needing == 0) {
      end();
    }
    return still;
  }

  /** Lets them go on, the last one first. May be called again. */
  private synchronized void end() {
    while (!held.isEmpty()) {
      One one = held.pop();
      try {
        one.held().close();
      } catch (Failure failure) {
        unreleased.put(one.name(), failure);
      }
      ended = Optional.of(clock.instant());
    }
  }

  private synchronized void runOut() {
    ranOut = taking || !held.isEmpty();
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

  /** Those that do not go on, and why. */
  synchronized Map<String, Failure> unreleased() {
    return new TreeMap<>(unreleased);
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
