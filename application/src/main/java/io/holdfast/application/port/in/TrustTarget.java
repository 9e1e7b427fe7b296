package io.holdfast.application.port.in;

import io.holdfast.application.port.out.store.ServerKeyJudge;

/** Pins the keys by which the servers of a target prove who they are. */
public interface TrustTarget {

  /**
   * Shows the keys of the servers on the way to a target, and pins those that are accepted.
   *
   * @param judge asked about each; a server behind one that was not accepted is not reached
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when there is no such target
   * @throws io.holdfast.application.port.failure.UsageFailure when its servers have no such keys
   * @throws io.holdfast.application.port.failure.StorageFailure when a server cannot be reached
   */
  void trust(String target, ServerKeyJudge judge);
}
