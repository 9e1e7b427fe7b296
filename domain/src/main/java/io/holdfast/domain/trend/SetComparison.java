package io.holdfast.domain.trend;

import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetStatus;
import io.holdfast.domain.backup.StoredArtifact;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A set beside those before it.
 *
 * @param artifacts the size of each of its artifacts beside what it usually is
 * @param vanished what it should have and has not
 */
public record SetComparison(List<ArtifactTrend> artifacts, List<Vanished> vanished) {

  /** There is nothing to compare. */
  public static final SetComparison NONE = new SetComparison(List.of(), List.of());

  private static final String EVERYTHING = "*";

  public SetComparison {
    artifacts = List.copyOf(artifacts);
    vanished = List.copyOf(vanished);
  }

  /**
   * Compares.
   *
   * @param set the set
   * @param others others of the same host, in any order: those that are not COMPLETE or not older
   *     are passed over
   * @param wanted what is still to be backed up: what an operator has excluded has not vanished
   */
  public static SetComparison of(
      Manifest set, List<Manifest> others, Predicate<ArtifactId> wanted) {
    List<Manifest> before =
        others.stream()
            .filter(
                other -> other.status() == SetStatus.COMPLETE && other.id().compareTo(set.id()) < 0)
            .sorted(Comparator.comparing(Manifest::id).reversed())
            .toList();
    return new SetComparison(trends(set, before), vanished(set, before, wanted));
  }

  /** The artifacts that are unusually small. */
  public List<ArtifactTrend> suspects() {
    return artifacts.stream().filter(ArtifactTrend::isSuspect).toList();
  }

  /** True when there is nothing that an operator should look at. */
  public boolean isPlausible() {
    return suspects().isEmpty() && vanished.isEmpty();
  }

  private static List<ArtifactTrend> trends(Manifest set, List<Manifest> before) {
    Map<ArtifactId, List<StoredArtifact>> earlier =
        before.stream()
            .flatMap(Manifest::stored)
            .collect(Collectors.groupingBy(StoredArtifact::id));
    return set.stored()
        .map(artifact -> ArtifactTrend.of(artifact, earlier.getOrDefault(artifact.id(), List.of())))
        .toList();
  }

  private static List<Vanished> vanished(
      Manifest set, List<Manifest> before, Predicate<ArtifactId> wanted) {
    Set<ArtifactId> present =
        set.artifacts().stream().map(Artifact::id).collect(Collectors.toSet());
    Map<ArtifactId, Vanished> missing = new LinkedHashMap<>();
    Map<ArtifactId, Integer> times = new LinkedHashMap<>();
    before.stream()
        .limit(ArtifactTrend.WINDOW)
        .forEach(
            earlier ->
                earlier
                    .stored()
                    .map(StoredArtifact::id)
                    .filter(id -> !present.contains(id))
                    .forEach(
                        id -> {
                          missing.putIfAbsent(id, new Vanished(id, earlier.id()));
                          times.merge(id, 1, Integer::sum);
                        }));
    return missing.values().stream()
        .filter(gone -> lasted(gone.id(), times.getOrDefault(gone.id(), 0)))
        .filter(gone -> wanted.test(gone.id()) && wasAsked(set, before.get(0), gone.id()))
        .toList();
  }

  /** Containers come and go: only one that had come to stay is missed. */
  private static boolean lasted(ArtifactId id, int times) {
    return id.kind() != ArtifactKind.CONTAINER || times >= ArtifactTrend.LEAST_SETS;
  }

  private static boolean wasAsked(Manifest set, Manifest former, ArtifactId id) {
    boolean failedWhole =
        set.failed()
            .anyMatch(
                failed -> failed.id().name().equals(EVERYTHING) && isRelated(failed.id(), id));
    return !failedWhole
        && set.scope().map(scope -> scope.covers(id)).orElseGet(() -> isLikely(set, former, id));
  }

  /**
   * Where a set does not tell what was asked for: it must have something of the sort, and at least
   * half as many as the set before, so that one of a few names alone makes nothing vanish.
   */
  private static boolean isLikely(Manifest set, Manifest former, ArtifactId id) {
    long now = related(set, id).size();
    return now > 0 && 2 * now >= related(former, id).size();
  }

  private static Set<ArtifactId> related(Manifest set, ArtifactId id) {
    Stream<ArtifactId> ids = set.artifacts().stream().map(Artifact::id);
    return ids.filter(each -> isRelated(each, id))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static boolean isRelated(ArtifactId one, ArtifactId other) {
    return one.kind().carrier() == other.kind().carrier() && one.cluster().equals(other.cluster());
  }
}
