package io.holdfast.domain.backup;

import java.util.Optional;

/**
 * Identifies an artifact within a set: what kind it is, of which cluster, by its own name.
 *
 * @param kind what it holds
 * @param cluster the configured PostgreSQL cluster's name; empty for volumes and containers, and
 *     for databases of a set made by hand
 * @param name the database's, volume's or container's name as the server spells it; {@code
 *     "globals"} for {@link ArtifactKind#GLOBALS}
 */
public record ArtifactId(ArtifactKind kind, Optional<String> cluster, String name) {

  /** The one name that a cluster's globals go by. */
  public static final String GLOBALS_NAME = "globals";

  public ArtifactId {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an artifact needs a name");
    }
  }

  public static ArtifactId database(String cluster, String name) {
    return new ArtifactId(ArtifactKind.DATABASE, Optional.of(cluster), name);
  }

  public static ArtifactId globals(String cluster) {
    return new ArtifactId(ArtifactKind.GLOBALS, Optional.of(cluster), GLOBALS_NAME);
  }

  public static ArtifactId volume(String name) {
    return new ArtifactId(ArtifactKind.VOLUME, Optional.empty(), name);
  }

  public static ArtifactId container(String name) {
    return new ArtifactId(ArtifactKind.CONTAINER, Optional.empty(), name);
  }

  /** True when an operator's {@code --only NAME} means this one: its name, or cluster/name. */
  public boolean answersTo(String wanted) {
    return wanted.equals(name) || cluster.map(c -> wanted.equals(c + "/" + name)).orElse(false);
  }

  /** For people: {@code database main/umig_app_db}, {@code volume confluence_data}. */
  public String describe() {
    return switch (kind) {
      case DATABASE -> "database " + qualified();
      case GLOBALS -> cluster.map(c -> "globals of cluster " + c).orElse("globals");
      case VOLUME -> "volume " + name;
      case CONTAINER -> "container " + name;
    };
  }

  private String qualified() {
    return cluster.map(c -> c + "/" + name).orElse(name);
  }
}
