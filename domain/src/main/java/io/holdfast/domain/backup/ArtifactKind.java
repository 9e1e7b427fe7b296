package io.holdfast.domain.backup;

/** What an artifact of a backup set holds. */
public enum ArtifactKind {
  /** One database, as a PostgreSQL custom-format dump. */
  DATABASE,
  /** A cluster's roles, memberships and tablespaces, as SQL. */
  GLOBALS,
  /** One Podman volume, as a tar archive. */
  VOLUME,
  /** The inspection of one container, as JSON with secret values redacted. */
  CONTAINER;

  /**
   * The kind with which this one goes into a set: globals with databases, containers with volumes.
   */
  public ArtifactKind carrier() {
    return switch (this) {
      case DATABASE, GLOBALS -> DATABASE;
      case VOLUME, CONTAINER -> VOLUME;
    };
  }
}
