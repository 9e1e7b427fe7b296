package io.holdfast.domain.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The moment at which databases and volumes of a set were cut.
 *
 * @param at when the last snapshot of a database was taken; the hold's beginning where there is
 *     none
 * @param clusters the snapshot of each cluster, in the configured order
 * @param held the containers that were held still
 * @param hold how long they were
 * @param skew how far apart the first and the last thing were cut: nothing while all that writes is
 *     held; else from the first snapshot to the last one, to the end of the last volume that was
 *     read unheld, or to where the last dump without a snapshot began
 * @param remarks why it is less than one moment, a sentence each
 */
public record Cut(
    Instant at,
    List<ClusterCut> clusters,
    List<String> held,
    Duration hold,
    Duration skew,
    List<String> remarks) {

  public Cut {
    clusters = List.copyOf(clusters);
    held = List.copyOf(held);
    remarks = List.copyOf(remarks);
  }

  /**
   * A cluster's snapshot.
   *
   * @param cluster the configured cluster
   * @param at when it was taken, by this host's clock
   * @param lsn the server's place in its write-ahead log: {@code 0/16B3748}
   */
  public record ClusterCut(String cluster, Instant at, String lsn) {}
}
