package io.holdfast.launcher.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param file where it was read from; empty when a command runs without one
 * @param host the host's name in sets and urls
 * @param clusters PostgreSQL clusters in the order of the file; none when databases are not backed
 *     up
 * @param volumes Podman volumes; empty when they are not backed up
 * @param targets storage targets in the order of the file
 * @param quorum how many of them have to hold a set, at least
 * @param jobs artifacts at a time
 * @param lifecycle what becomes of sets and runs over time
 * @param remarks what an operator should know of it, a sentence each
 */
public record HoldfastConfig(
    Optional<Path> file,
    String host,
    List<ClusterConfig> clusters,
    Optional<VolumesConfig> volumes,
    List<TargetConfig> targets,
    int quorum,
    int jobs,
    Lifecycle lifecycle,
    List<String> remarks) {
  public HoldfastConfig {
    clusters = List.copyOf(clusters);
    targets = List.copyOf(targets);
    remarks = List.copyOf(remarks);
  }

  /** What a command works with that needs none: no cluster, every volume, no target. */
  public static HoldfastConfig none(Surroundings surroundings) {
    return new HoldfastConfig(
        Optional.empty(),
        surroundings.hostName(),
        List.of(),
        Optional.of(VolumesConfig.everything()),
        List.of(),
        1,
        surroundings.processors(),
        Lifecycle.usual(surroundings.zone()),
        List.of());
  }

  /** The same with other targets, of which one is enough. */
  public HoldfastConfig withTargets(List<TargetConfig> others) {
    return new HoldfastConfig(file, host, clusters, volumes, others, 1, jobs, lifecycle, remarks);
  }
}
