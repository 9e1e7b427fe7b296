package io.holdfast.application.testing;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.source.FixedMoment;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Cut.ClusterCut;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A moment as a test has it, which writes down when it is let go. */
public final class FakeMoment implements FixedMoment {

  private final List<String> log;
  private final List<String> remarks = new ArrayList<>();
  private Optional<ClusterCut> cluster = Optional.empty();
  private Set<ArtifactId> frozen = Set.of();
  private Optional<Failure> onClose = Optional.empty();
  private boolean closed;

  /** Writes {@code let go} into a log, once. */
  public FakeMoment(List<String> log) {
    this.log = log;
  }

  /** Has a cluster's snapshot. */
  public FakeMoment of(String name, Instant at, String lsn) {
    cluster = Optional.of(new ClusterCut(name, at, lsn));
    return this;
  }

  /** Has a later snapshot of the cluster, of another of its databases. */
  public FakeMoment and(Instant at, String lsn) {
    cluster = cluster.map(first -> first.and(at, lsn));
    return this;
  }

  /** Has these frozen. */
  public FakeMoment frozen(ArtifactId... ids) {
    frozen = Set.of(ids);
    return this;
  }

  /** Is less than one moment. */
  public FakeMoment remarking(String sentence) {
    remarks.add(sentence);
    return this;
  }

  /** Leaves something behind. */
  public FakeMoment failsToClose(Failure failure) {
    onClose = Optional.of(failure);
    return this;
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
    return List.copyOf(remarks);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      log.add("let go");
    }
    if (onClose.isPresent()) {
      throw onClose.get();
    }
  }
}
