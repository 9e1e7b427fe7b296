package io.holdfast.application.port.out.source;

import io.holdfast.application.port.out.command.Cancellation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A cluster on a new and empty server, which is to become the one that was backed up. */
public interface FreshCluster {

  /**
   * Waits until the server takes connections.
   *
   * @throws io.holdfast.application.port.failure.SourceFailure when it does not in good time
   */
  void await(Cancellation cancellation);

  /**
   * Brings every role, with its attributes, password, settings and memberships. The superuser that
   * this logs in as keeps the password that it has until {@link #handOver}.
   *
   * @return what was not restored
   * @throws IOException from reading the globals
   */
  List<String> restoreGlobals(ArtifactContent globals, Cancellation cancellation)
      throws IOException;

  /** Where databases are restored to. */
  RestoreDestination destination();

  /** What shows that they are equal, where this can. */
  Optional<RestoreProof> proof();

  /**
   * Gives the superuser the password of the globals: from here on nobody logs in with ours.
   *
   * @return what is left to do
   */
  List<String> handOver(Cancellation cancellation);

  /** Opens the cluster of a new server. */
  @FunctionalInterface
  interface Opener {
    /**
     * The cluster.
     *
     * @param name its name in the set
     */
    FreshCluster open(String name, ContainerRecreation.Server server);
  }
}
