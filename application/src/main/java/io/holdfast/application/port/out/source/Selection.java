package io.holdfast.application.port.out.source;

import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Which artifacts an operator means.
 *
 * @param kinds databases, volumes or both
 * @param only names of databases and volumes; empty for all
 */
public record Selection(Set<ArtifactKind> kinds, List<String> only) {
  public Selection {
    kinds = Set.copyOf(kinds);
    only = List.copyOf(only);
  }

  /** Databases and volumes, with whatever goes with them. */
  public static Selection all() {
    return new Selection(Set.of(ArtifactKind.DATABASE, ArtifactKind.VOLUME), List.of());
  }

  /** True when a database or volume is meant. */
  public boolean selects(ArtifactId id) {
    return kinds.contains(id.kind()) && (only.isEmpty() || only.stream().anyMatch(id::answersTo));
  }

  /** The names that none of these answers to. */
  public List<String> unmatched(Collection<ArtifactId> found) {
    return only.stream()
        .filter(
            name -> found.stream().noneMatch(id -> kinds.contains(id.kind()) && id.answersTo(name)))
        .toList();
  }
}
