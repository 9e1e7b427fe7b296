package io.holdfast.domain.trend;

import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far back a host falls when all of it has to be restored. Where databases and volumes are
 * backed up by themselves, it is the older of the newest set of each; a set of a few names alone
 * brings nobody back and never counts.
 */
public final class RecoveryPoint {

  private RecoveryPoint() {}

  /**
   * The set that all of the host can be brought back to, or past.
   *
   * @param sets sets of the host, in any order
   */
  public static Optional<SetId> of(List<Manifest> sets) {
    return Stream.of(ArtifactKind.DATABASE, ArtifactKind.VOLUME)
        .flatMap(kind -> newest(sets, kind).stream())
        .min(Comparator.naturalOrder());
  }

  private static Optional<SetId> newest(List<Manifest> sets, ArtifactKind kind) {
    return sets.stream()
        .filter(set -> set.status() == SetStatus.COMPLETE && holdsAll(set, kind))
        .map(Manifest::id)
        .max(Comparator.naturalOrder());
  }

  private static boolean holdsAll(Manifest set, ArtifactKind kind) {
    return set.scope()
        .map(scope -> scope.isWhole(kind))
        .orElseGet(
            () -> set.stored().map(each -> each.id().kind().carrier()).anyMatch(kind::equals));
  }
}
