package io.holdfast.launcher.config;

import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.NameGlob;
import java.util.Optional;
import java.util.function.Predicate;

/** What the configuration means to be backed up, whether it is there or not. */
public record Wanted(HoldfastConfig config) implements Predicate<ArtifactId> {

  @Override
  public boolean test(ArtifactId id) {
    return switch (id.kind()) {
      case DATABASE ->
          cluster(id).filter(cluster -> isMeant(cluster.databases(), id.name())).isPresent();
      case GLOBALS -> cluster(id).filter(ClusterConfig::globals).isPresent();
      case VOLUME ->
          config.volumes().filter(volumes -> isMeant(volumes.names(), id.name())).isPresent();
      case CONTAINER -> config.volumes().isPresent();
    };
  }

  private Optional<ClusterConfig> cluster(ArtifactId id) {
    return config.clusters().stream()
        .filter(cluster -> id.cluster().filter(cluster.name()::equals).isPresent())
        .findFirst();
  }

  private static boolean isMeant(NamePatterns names, String name) {
    return NameGlob.anyMatches(names.include(), name)
        && !NameGlob.anyMatches(names.exclude(), name);
  }
}
