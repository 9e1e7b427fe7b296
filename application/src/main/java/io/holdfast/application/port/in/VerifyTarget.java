package io.holdfast.application.port.in;

import io.holdfast.application.port.out.command.Cancellation;
import java.time.Duration;
import java.util.List;

/** Tries on a live target whether it does all that backups rely on. */
public interface VerifyTarget {

  /**
   * Tries every promise, or those of the quick form, below {@code .holdfast/contract/} of the
   * target, and leaves nothing there. Holds the target's lock meanwhile.
   *
   * @param target its name
   * @param quick to try a few small requests alone
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when there is none of that
   *     name
   * @throws io.holdfast.application.port.failure.BusyFailure when another run is at work there
   * @throws io.holdfast.application.port.failure.StorageFailure when it cannot even be locked
   */
  VerifiedTarget verify(String target, boolean quick, Cancellation cancellation);

  /**
   * What was found.
   *
   * @param target its name
   * @param location where it is, for people
   * @param features what it can and cannot do
   * @param promises what it promised, in the order of the trial
   */
  record VerifiedTarget(
      String target, String location, List<String> features, List<TriedPromise> promises) {
    public VerifiedTarget {
      features = List.copyOf(features);
      promises = List.copyOf(promises);
    }

    /** True when every promise was tried and kept. */
    public boolean isTrusty() {
      return promises.stream().allMatch(each -> each.result() == Result.KEPT);
    }
  }

  /**
   * One promise.
   *
   * @param promise in words
   * @param result whether it was kept
   * @param seen what was seen instead, or why it was not tried; empty when it was kept
   * @param took how long the trial took
   */
  record TriedPromise(String promise, Result result, String seen, Duration took) {}

  /** What came of a trial. */
  enum Result {
    KEPT,
    BROKEN,
    /** The target could not be reached any more. */
    NOT_TRIED
  }
}
