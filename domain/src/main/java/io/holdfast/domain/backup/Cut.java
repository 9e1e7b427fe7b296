package io.holdfast.domain.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
   * A cluster's snapshot: each of its databases has one of its own, taken one after the other.
   *
   * @param cluster the configured cluster
   * @param first when and where the earliest was taken; empty where there is one alone
   * @param at when the latest was taken, by this host's clock
   * @param lsn the server's place in its write-ahead log then: {@code 0/16B3748}
   */
  public record ClusterCut(String cluster, Optional<Place> first, Instant at, String lsn) {

    /** That of one database. */
    public ClusterCut(String cluster, Instant at, String lsn) {
      this(cluster, Optional.empty(), at, lsn);
    }

    /** When its first snapshot was taken. */
    public Instant begun() {
      return first.map(Place::at).orElse(at);
    }

    /** The same with a later snapshot of another database. */
    public ClusterCut and(Instant later, String itsLsn) {
      return new ClusterCut(
          cluster, Optional.of(first.orElseGet(() -> new Place(at, lsn))), later, itsLsn);
    }
  }

  /**
   * A snapshot's time and place.
   *
   * @param at by this host's clock
   * @param lsn the server's place in its write-ahead log
   */
  public record Place(Instant at, String lsn) {}
}
