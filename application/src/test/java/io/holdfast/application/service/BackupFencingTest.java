package io.holdfast.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.ListedSet;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore;
import io.holdfast.application.port.out.store.FaultyBlobStore.Fault;
import io.holdfast.application.port.out.store.FaultyBlobStore.Operation;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.FakeSource;
import io.holdfast.application.testing.MemoryCodec;
import io.holdfast.application.testing.ObservedBlobStore;
import io.holdfast.application.testing.SteppingClock;
import io.holdfast.application.testing.TestHost;
import io.holdfast.domain.backup.ArtifactId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One run sleeps for an hour between any two of its steps. Its process lives, its lock expires, and
 * another run takes it over.
 */
class BackupFencingTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String SLEEPERS = TestHost.ID.toString();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wherever_it_wakes_no_broken_set_is_visible_and_the_other_run_has_its_own(boolean stops) {
    int steps = new Story(stops).calmSteps();
    for (int step = 1; step <= steps; step++) {
      Story story = new Story(stops);
      story.sleeper.beforeCall(step, story::takeOver);
      Optional<CreateBackup.Result> slept = backup(story.zombie);

      story.assertAllWhole("woke at " + step);
      assertThat(story.taken).as("the taker, at " + step).isPresent();
      if (slept.isPresent()) {
        assertThat(story.published()).as("what it says it stored, at " + step).contains(SLEEPERS);
      }
      if (stops) {
        story.assertNothingIsLeft("woke at " + step);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wherever_it_is_killed_after_that_the_same_holds(boolean stops) {
    int steps = new Story(stops).calmSteps();
    for (int step = 1; step <= steps; step++) {
      for (int later = 0; later < steps - step; later += 1 + later / 2) {
        Story story = new Story(stops);
        int lives = later;
        story.sleeper.beforeCall(
            step,
            () -> {
              story.takeOver();
              story.sleeper.beforeCall(lives + 1, story::killSleeper);
            });
        backup(story.zombie);

        story.assertAllWhole("woke at " + step + ", killed " + later + " later");
        assertThat(story.taken).isPresent();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wherever_it_wakes_while_the_other_is_at_any_step_the_same_holds(boolean stops)
      throws InterruptedException {
    int steps = new Story(stops).calmSteps();
    for (int step = 1; step <= steps; step++) {
      boolean reached = true;
      for (int other = 1; reached; other++) {
        Story story = new Story(stops);
        story.sleeper.beforeCall(step, story.takeOverUpTo(other));
        backup(story.zombie);
        String moment = "woke at " + step + ", the other at " + other;
        story.assertAllWhole(moment + ", once it ended");
        reached = story.finishOther();
        story.assertAllWhole(moment + ", once both ended");
      }
    }
  }

  private static Optional<CreateBackup.Result> backup(TestHost host) {
    try {
      return Optional.of(host.backup())
          .filter(result -> result.targets().get(0).failure().isEmpty());
    } catch (Failure failed) {
      return Optional.empty();
    }
  }

  /** A target, the run that sleeps, and the one that takes over. */
  private static final class Story {
    private final SteppingClock targetsClock = new SteppingClock(TestHost.NOW, Duration.ZERO);
    private final InMemoryBlobStore memory;
    private final FaultyBlobStore mortal;
    private final ObservedBlobStore sleeper;
    private final ObservedBlobStore taker;
    private final TestHost zombie;
    private final TestHost other;
    private final Semaphore otherWaits = new Semaphore(0);
    private final Semaphore otherMayGoOn = new Semaphore(0);
    private volatile boolean paused;
    private volatile Optional<CreateBackup.Result> taken = Optional.empty();
    private Thread thread = new Thread();

    private Story(boolean stops) {
      memory = new InMemoryBlobStore(targetsClock, stops);
      mortal = new FaultyBlobStore(memory);
      sleeper = new ObservedBlobStore(mortal);
      taker = new ObservedBlobStore(memory);
      MemoryCodec codec = new MemoryCodec();
      zombie = host(sleeper, codec, TestHost.NOW);
      other = host(taker, codec, TestHost.NOW.plus(HOUR));
    }

    private static TestHost host(BlobStore on, MemoryCodec codec, Instant now) {
      return new TestHost(codec)
          .at(new SteppingClock(now, Duration.ZERO))
          .jobs(1)
          .storesOn("nas", on)
          .with(FakeSource.volumes().has(ArtifactId.volume("data"), TestHost.bytes("tar data")));
    }

    private int calmSteps() {
      backup(zombie);
      return sleeper.calls().size();
    }

    private void takeOver() {
      targetsClock.pass(HOUR);
      taken = backup(other);
    }

    private void killSleeper() {
      for (Operation operation : Operation.values()) {
        mortal.inject(Fault.from(operation, 1));
      }
    }

    /** The other begins, and goes on to a step of its own. */
    private Runnable takeOverUpTo(int step) {
      return () -> {
        targetsClock.pass(HOUR);
        taker.beforeCall(
            step,
            () -> {
              paused = true;
              otherWaits.release();
              otherMayGoOn.acquireUninterruptibly();
            });
        thread =
            new Thread(
                () -> {
                  taken = backup(other);
                  otherWaits.release();
                });
        thread.start();
        otherWaits.acquireUninterruptibly();
      };
    }

    /** False when it had ended before it came to that step. */
    private boolean finishOther() throws InterruptedException {
      otherMayGoOn.release();
      thread.join();
      return paused;
    }

    private void assertAllWhole(String moment) {
      zombie
          .verifyAll(memory)
          .forEach(set -> assertThat(set.problems()).as(set.name() + ", " + moment).isEmpty());
    }

    private void assertNothingIsLeft(String moment) {
      assertThat(zombie.catalog(memory).list())
          .as(moment)
          .noneMatch(set -> set.state() == ListedSet.State.INCOMPLETE);
      assertThat(memory.contents()).as(moment).noneMatch(key -> key.contains("locks"));
    }

    private List<String> published() {
      return zombie.catalog(memory).list().stream()
          .filter(set -> set.state() == ListedSet.State.COMPLETE)
          .map(set -> set.id().toString())
          .toList();
    }
  }
}
