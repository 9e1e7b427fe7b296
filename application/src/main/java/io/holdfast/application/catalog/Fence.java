package io.holdfast.application.catalog;

/** Keeps a run from publishing once it has lost the right to write to a target. */
@FunctionalInterface
public interface Fence {

  /**
   * Returns while the run may still write.
   *
   * @throws io.holdfast.application.port.failure.BusyFailure when it may not any more
   * @throws io.holdfast.application.port.failure.StorageFailure when that cannot be known
   */
  void confirm();
}
