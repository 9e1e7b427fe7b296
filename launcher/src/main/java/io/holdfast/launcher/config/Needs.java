package io.holdfast.launcher.config;

import java.util.Optional;
import java.util.Set;

/**
 * What a command uses of the configuration. The rest is checked for its shape, and its references
 * are left alone: a database's missing password must not stop the restore of a volume.
 *
 * @param clusters whether PostgreSQL clusters are used
 * @param volumes whether volumes are used
 * @param storage whether storage targets are used
 * @param onlyTargets the targets that are used; empty for all
 * @param file whether there must be a configuration file at all
 * @param place the folder of sets in place of the configured targets
 */
public record Needs(
    boolean clusters,
    boolean volumes,
    boolean storage,
    Set<String> onlyTargets,
    boolean file,
    Optional<SetPlace> place) {
  public Needs {
    onlyTargets = Set.copyOf(onlyTargets);
  }

  /** What is used of the configuration alone. */
  public Needs(
      boolean clusters, boolean volumes, boolean storage, Set<String> onlyTargets, boolean file) {
    this(clusters, volumes, storage, onlyTargets, file, Optional.empty());
  }

  /** All of it. */
  public static Needs everything() {
    return new Needs(true, true, true, Set.of(), true);
  }

  /** Nothing but its schedule. */
  public static Needs schedule() {
    return new Needs(false, false, false, Set.of(), true);
  }

  /** Nothing but the storage targets, or one of them. */
  public static Needs storage(Optional<String> onlyTarget) {
    return storage(onlyTarget.map(Set::of).orElse(Set.of()));
  }

  /** Nothing but some storage targets, or all when none is named. */
  public static Needs storage(Set<String> onlyTargets) {
    return new Needs(false, false, true, onlyTargets, true);
  }

  /** Nothing: for a set in a folder of this host. */
  public static Needs nothing() {
    return new Needs(false, false, false, Set.of(), false);
  }

  /** A folder of sets, whatever is configured. */
  public static Needs place(SetPlace place) {
    return new Needs(false, false, false, Set.of(), false, Optional.of(place));
  }

  /** The same and what a restore goes to. */
  public Needs withSources(boolean usesClusters, boolean usesVolumes) {
    return new Needs(usesClusters, usesVolumes, storage, onlyTargets, file, place);
  }

  /** True when a target is used. */
  public boolean needsTarget(String name) {
    return storage && (onlyTargets.isEmpty() || onlyTargets.contains(name));
  }
}
