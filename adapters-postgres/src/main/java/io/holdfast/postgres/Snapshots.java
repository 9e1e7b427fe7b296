package io.holdfast.postgres;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.source.FixedMoment;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Cut.ClusterCut;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The exported snapshots of a cluster's databases, each kept by a session of its own. */
final class Snapshots implements FixedMoment {

  /** Those of a cluster whose moment was not fixed. */
  static final Snapshots NONE = new Snapshots(Map.of(), Optional.empty(), List.of());

  private final Map<ArtifactId, Snapshot> open;
  private final Set<ArtifactId> frozen;
  private final Optional<ClusterCut> cluster;
  private final List<String> remarks;

  Snapshots(Map<ArtifactId, Snapshot> taken, Optional<ClusterCut> cluster, List<String> remarks) {
    this.open = new ConcurrentHashMap<>(taken);
    this.frozen = Set.copyOf(taken.keySet());
    this.cluster = cluster;
    this.remarks = List.copyOf(remarks);
  }

  /**
   * A snapshot while it lasts.
   *
   * @param session is inside the transaction that keeps it
   * @param id what other sessions import it by: {@code 00000003-0000001B-1}
   */
  record Snapshot(Session session, String id) {}

  /**
   * The session inside a database's snapshot, until its export has returned. Its transaction must
   * not end, or the dump that imports the snapshot later fails: a statement that may fail belongs
   * into {@link Session#attempt}.
   */
  Optional<Session> of(ArtifactId database) {
    return Optional.ofNullable(open.get(database)).map(Snapshot::session);
  }

  /** What pg_dump imports a database's snapshot by. */
  Optional<String> idOf(ArtifactId database) {
    return Optional.ofNullable(open.get(database)).map(Snapshot::id);
  }

  /** Lets a database's snapshot go. May be called again. */
  void release(ArtifactId database) {
    Optional.ofNullable(open.remove(database)).map(Snapshot::session).ifPresent(Snapshots::end);
  }

  /** A session that cannot be closed in good order is gone, and its transaction with it. */
  static void end(Session session) {
    try {
      session.close();
    } catch (Failure gone) {
      // The server takes back what a lost connection had under way.
    }
  }

  @Override
  public Optional<ClusterCut> cluster() {
    return cluster;
  }

  @Override
  public Set<ArtifactId> frozen() {
    return frozen;
  }

  @Override
  public List<String> remarks() {
    return remarks;
  }

  @Override
  public void close() {
    List.copyOf(open.keySet()).forEach(this::release);
  }
}
