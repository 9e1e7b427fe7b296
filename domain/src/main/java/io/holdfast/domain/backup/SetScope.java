package io.holdfast.domain.backup;

import java.util.List;
import java.util.Set;

/**
 * What was asked for when a set was made, so that what is not in it can be told from what was never
 * meant to be.
 *
 * @param kinds databases, volumes or both
 * @param only names of databases and volumes; empty for all of them
 */
public record SetScope(Set<ArtifactKind> kinds, List<String> only) {
  public SetScope {
    kinds = Set.copyOf(kinds);
    only = List.copyOf(only);
  }

  /**
   * True when all of a kind was asked for.
   *
   * @param kind databases or volumes; globals go with the one, containers with the other
   */
  public boolean isWhole(ArtifactKind kind) {
    return only.isEmpty() && kinds.contains(kind.carrier());
  }

  /** True when an artifact belonged in the set if it was there. */
  public boolean covers(ArtifactId id) {
    return isWhole(id.kind())
        || (kinds.contains(id.kind()) && only.stream().anyMatch(id::answersTo));
  }
}
