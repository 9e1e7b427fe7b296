package io.holdfast.application.port.out.drill;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreProof;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Makes places to restore to of servers that were started for a drill. */
public interface ScratchClusters {

  /**
   * The name that a server's first role should have, so that whatever belongs to nobody else in
   * particular belongs to the same role as at the source.
   *
   * @param globals the roles of the source, where they are known
   */
  String superuser(String cluster, Optional<ArtifactContent> globals) throws IOException;

  /** The server as a cluster of this name. */
  ScratchCluster of(String cluster, ScratchServer server);

  /** A cluster that is there for a drill. */
  interface ScratchCluster {

    /**
     * Creates every role of the source, and gives those that are there the attributes of the
     * source's.
     *
     * @return what an operator should know
     */
    List<String> createRoles(ArtifactContent globals, Cancellation cancellation) throws IOException;

    /** Where its databases are restored to. */
    RestoreDestination destination();

    /** Compares them and the roles. */
    RestoreProof proof();

    /**
     * Runs SQL in a database. It holds when every statement succeeds and the first column of every
     * row that any of them returns is true.
     *
     * @return why it does not hold; empty when it does
     */
    Optional<String> refutation(String database, String sql, Cancellation cancellation);
  }
}
