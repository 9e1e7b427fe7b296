package io.holdfast.domain.trend;

import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetStatus;
import io.holdfast.domain.backup.StoredArtifact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BinaryOperator;

/**
 * How far back a host falls when all of it has to be restored. Where databases and volumes are
 * backed up by themselves, it is the older of the newest set of each; a set of a few names alone
 * brings nobody back and never counts.
 */
public final class RecoveryPoint {

  private static final List<ArtifactKind> KINDS =
      List.of(ArtifactKind.DATABASE, ArtifactKind.VOLUME);

  private RecoveryPoint() {}

  /**
   * The set that all of the host can be brought back to, or past.
   *
   * @param sets sets of the host, in any order
   */
  public static Optional<SetId> of(List<Manifest> sets) {
    return KINDS.stream()
        .flatMap(kind -> newest(sets, kind).stream())
        .min(Comparator.naturalOrder());
  }

  /**
   * A set that all of the host can be brought back to.
   *
   * @param available since when: the set, and those that it takes beside it, were finished. Never
   *     before it was begun, whatever a clock that was set back has written
   */
  public record Reached(SetId set, Instant available) {
    public Reached {
      available = available.isBefore(set.begun()) ? set.begun() : available;
    }
  }

  /**
   * Every set that all of the host could be brought back to while it was the best of those that
   * were finished, oldest first.
   *
   * @param sets sets of the host, in any order
   */
  public static List<Reached> all(List<Manifest> sets) {
    List<Reached> points = new ArrayList<>();
    Map<ArtifactKind, SetId> newest = new EnumMap<>(ArtifactKind.class);
    sets.stream()
        .filter(set -> set.status() == SetStatus.COMPLETE)
        .sorted(Comparator.comparing(Manifest::finished).thenComparing(Manifest::id))
        .forEach(
            set -> {
              KINDS.stream()
                  .filter(kind -> holdsAll(set, kind))
                  .forEach(
                      kind ->
                          newest.merge(
                              kind, set.id(), BinaryOperator.maxBy(Comparator.naturalOrder())));
              newest.values().stream()
                  .min(Comparator.naturalOrder())
                  .filter(point -> points.stream().allMatch(p -> p.set().compareTo(point) < 0))
                  .ifPresent(point -> points.add(new Reached(point, set.finished())));
            });
    return List.copyOf(points);
  }

  /**
   * How much has to be read to bring all of the host back: the stored bytes of databases and roles
   * in the newest set that has all of them, and those of volumes; empty when there is neither.
   *
   * @param sets sets of the host, in any order
   */
  public static OptionalLong bytes(List<Manifest> sets) {
    return KINDS.stream()
        .flatMap(kind -> newestSet(sets, kind).map(set -> bytes(set, kind)).stream())
        .reduce(Long::sum)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  /**
   * The kinds that a set has all of, databases, volumes or both, with how much of it has to be read
   * to bring them back.
   */
  public static Map<ArtifactKind, Long> wholeBytes(Manifest set) {
    Map<ArtifactKind, Long> whole = new EnumMap<>(ArtifactKind.class);
    KINDS.stream()
        .filter(kind -> holdsAll(set, kind))
        .forEach(kind -> whole.put(kind, bytes(set, kind)));
    return whole;
  }

  /** How a container was made is read by nobody who restores. */
  private static long bytes(Manifest set, ArtifactKind kind) {
    return set.stored()
        .filter(each -> each.id().kind() != ArtifactKind.CONTAINER)
        .filter(each -> each.id().kind().carrier() == kind)
        .mapToLong(StoredArtifact::storedBytes)
        .sum();
  }

  private static Optional<SetId> newest(List<Manifest> sets, ArtifactKind kind) {
    return newestSet(sets, kind).map(Manifest::id);
  }

  private static Optional<Manifest> newestSet(List<Manifest> sets, ArtifactKind kind) {
    return sets.stream()
        .filter(set -> set.status() == SetStatus.COMPLETE && holdsAll(set, kind))
        .max(Comparator.comparing(Manifest::id));
  }

  private static boolean holdsAll(Manifest set, ArtifactKind kind) {
    return set.scope()
        .map(scope -> scope.isWhole(kind))
        .orElseGet(
            () -> set.stored().map(each -> each.id().kind().carrier()).anyMatch(kind::equals));
  }
}
