package io.holdfast.domain.backup;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was asked for when a set was made, so that what is not in it can be told from what was never
 * meant to be.
 *
 * @param kinds databases, volumes or both
 * @param only names of databases and volumes; in order; empty for all of them
 */
public record SetScope(Set<ArtifactKind> kinds, List<String> only) {

  /** All that the configuration names. */
  public static final SetScope WHOLE =
      new SetScope(Set.of(ArtifactKind.DATABASE, ArtifactKind.VOLUME), List.of());

  public SetScope {
    kinds = Set.copyOf(kinds);
    only = List.copyOf(new TreeSet<>(only));
  }

  /**
   * True when all of a kind was asked for.
   *
   * @param kind databases or volumes; globals go with the one, containers with the other
   */
  public boolean isWhole(ArtifactKind kind) {
    return only.isEmpty() && kinds.contains(kind.carrier());
  }

  /** True when a set of this scope has all that one of another scope has. */
  public boolean covers(SetScope other) {
    return kinds.containsAll(other.kinds)
        && (only.isEmpty() || (!other.only.isEmpty() && only.containsAll(other.only)));
  }

  /** True when an artifact belonged in the set if it was there. */
  public boolean covers(ArtifactId id) {
    return isWhole(id.kind())
        || (kinds.contains(id.kind()) && only.stream().anyMatch(id::answersTo));
  }
}
