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
  CONTAINER
}
