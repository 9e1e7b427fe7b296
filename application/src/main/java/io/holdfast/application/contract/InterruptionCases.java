package io.holdfast.application.contract;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Callable;

/** A thread that is told to end: it aborts, and harms nobody. */
final class InterruptionCases {

  private static final int BYTES = 1 << 20;

  private InterruptionCases() {}

  static List<ContractCase> all() {
    return List.of(
        ContractCase.full(
            "an interrupted writer that does not commit leaves nothing",
            InterruptionCases::interruptedAndDropped),
        ContractCase.full(
            "an interrupted writer publishes all or nothing, and the interrupt is not swallowed",
            InterruptionCases::interruptedAndCommitted),
        ContractCase.full(
            "an interrupted thread spoils nothing for the others", InterruptionCases::othersGoOn));
  }

  private static void interruptedAndDropped(Trial trial) throws Exception {
    inAThreadOfItsOwn(
        trial,
        () -> {
          try (BlobWriter writer = trial.store().create(new BlobKey("set/dropped"))) {
            trial.bytes(BYTES).writeTo(writer.body());
            Thread.currentThread().interrupt();
            trial.bytes(BYTES).writeTo(writer.body());
          } catch (IOException | Failure aborted) {
            return true;
          } finally {
            clearInterrupt();
          }
          return true;
        });
    trial.expectKeys("", List.of());
    trial.write("set/dropped", 10);
    trial.expectWhole("set/dropped", 10);
  }

  private static void interruptedAndCommitted(Trial trial) throws Exception {
    boolean published = inAThreadOfItsOwn(trial, () -> writesInterrupted(trial));
    trial.expectKeys("", published ? List.of("set/file") : List.of());
    if (published) {
      trial.expectWhole("set/file", BYTES);
    }
  }

  private static boolean writesInterrupted(Trial trial) {
    boolean stillTold;
    try (BlobWriter writer = trial.store().create(new BlobKey("set/file"))) {
      Thread.currentThread().interrupt();
      trial.bytes(BYTES).writeTo(writer.body());
      writer.commit();
      stillTold = Thread.currentThread().isInterrupted();
    } catch (IOException | Failure aborted) {
      return false;
    } finally {
      clearInterrupt();
    }
    trial.expect(stillTold, "the write went on and the interrupt was forgotten");
    return true;
  }

  private static void othersGoOn(Trial trial) throws Exception {
    trial.write("file", BYTES);
    try (InputStream in = trial.store().open(new BlobKey("file"))) {
      trial.expect(in.read() >= 0, "a blob of " + BYTES + " bytes has no first byte");
      inAThreadOfItsOwn(trial, () -> readsAndWritesInterrupted(trial));
      int rest = in.readNBytes(BYTES).length;
      trial.expect(rest == BYTES - 1, "the other reader got " + (rest + 1) + " bytes of " + BYTES);
    }
    trial.write("afterwards", 10);
    trial.expectWhole("afterwards", 10);
    trial.expectWhole("file", BYTES);
  }

  private static boolean readsAndWritesInterrupted(Trial trial) {
    Thread.currentThread().interrupt();
    try {
      trial.expectWhole("file", BYTES);
      trial.write("interrupted", 10);
    } catch (IOException | Failure aborted) {
      clearInterrupt();
      trial.expectKeys("interrupted", List.of());
    } finally {
      clearInterrupt();
    }
    return true;
  }

  /** The thread goes back to a pool, or looks at what it has done. */
  private static void clearInterrupt() {
    Thread.interrupted();
  }

  private static boolean inAThreadOfItsOwn(Trial trial, Callable<Boolean> task) throws Exception {
    boolean result = trial.inParallel(List.of(task)).get(0);
    trial.goOnUnlessCancelled();
    return result;
  }
}
