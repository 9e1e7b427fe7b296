package io.holdfast.application.port.out.source;

import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Cut.ClusterCut;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The moment that a source has fixed for its exports, until it is closed. */
public interface FixedMoment extends AutoCloseable {

  /** A source whose exports give what is there when they run. */
  FixedMoment NONE =
      new FixedMoment() {
        @Override
        public Optional<ClusterCut> cluster() {
          return Optional.empty();
        }

        @Override
        public Set<ArtifactId> frozen() {
          return Set.of();
        }

        @Override
        public List<String> remarks() {
          return List.of();
        }

        @Override
        public void close() {
          // Nothing was fixed.
        }
      };

  /** The snapshot of a cluster's databases. */
  Optional<ClusterCut> cluster();

  /** The artifacts that need no hold any more: what is exported of them does not change. */
  Set<ArtifactId> frozen();

  /** Why it is less than one moment, a sentence each; none where all of it was fixed. */
  List<String> remarks();

  /**
   * Lets go of snapshots and frozen copies. May be called again.
   *
   * @throws io.holdfast.application.port.failure.SourceFailure when a frozen copy stays behind
   */
  @Override
  void close();
}
