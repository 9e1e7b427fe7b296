package io.holdfast.application.contract;

import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.StorageFailure;

/** One promise that every store keeps, and how that is tried. */
public final class ContractCase {

  private final String promise;
  private final boolean quick;
  private final Check check;

  private ContractCase(String promise, boolean quick, Check check) {
    this.promise = promise;
    this.quick = quick;
    this.check = check;
  }

  /** A case of the whole contract alone. */
  static ContractCase full(String promise, Check check) {
    return new ContractCase(promise, false, check);
  }

  /** A case of the quick form too: a handful of small requests, beside a run that is at work. */
  static ContractCase quick(String promise, Check check) {
    return new ContractCase(promise, true, check);
  }

  /** What is promised, in words; no two cases promise the same. */
  public String promise() {
    return promise;
  }

  /** True for a case of the quick form. */
  public boolean isQuick() {
    return quick;
  }

  /**
   * Tries it.
   *
   * @throws BrokenPromiseException when the store does not keep the promise, whatever it did
   *     instead; its cause is the store's own failure where there was one
   * @throws InterruptedFailure when the bench was cancelled
   */
  public void run(Bench bench) {
    try (Trial trial = new Trial(promise, bench)) {
      trial.goOnUnlessCancelled();
      check.run(trial);
    } catch (BrokenPromiseException | InterruptedFailure told) {
      throw told;
    } catch (StorageFailure failure) {
      throw new BrokenPromiseException(promise, Trial.describe(failure), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedFailure("The run was interrupted.", "");
    } catch (Exception other) {
      throw new BrokenPromiseException(promise, Trial.describe(other), other);
    }
  }

  @Override
  public String toString() {
    return promise;
  }

  /** How a promise is tried. */
  @FunctionalInterface
  interface Check {

    /** Returns when it was kept. */
    void run(Trial trial) throws Exception;
  }
}
