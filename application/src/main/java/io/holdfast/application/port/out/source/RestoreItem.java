package io.holdfast.application.port.out.source;

import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactOrigin;
import java.util.Optional;

/**
 * One artifact to restore.
 *
 * @param id what it is
 * @param target the name to restore it under: its own, or the operator's {@code --as}
 * @param content its bytes
 * @param globals the globals of its cluster, for databases, where the set has them
 * @param origin what is known of where it came from
 * @param replace true when something of that name may be replaced
 * @param tables the tables of a database whose rows alone are wanted; empty for all of it
 */
public record RestoreItem(
    ArtifactId id,
    String target,
    ArtifactContent content,
    Optional<ArtifactContent> globals,
    ArtifactOrigin origin,
    boolean replace,
    Optional<TableChoice> tables) {

  /** A whole one. */
  public RestoreItem(
      ArtifactId id,
      String target,
      ArtifactContent content,
      Optional<ArtifactContent> globals,
      ArtifactOrigin origin,
      boolean replace) {
    this(id, target, content, globals, origin, replace, Optional.empty());
  }
}
