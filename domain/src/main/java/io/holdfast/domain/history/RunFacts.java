package io.holdfast.domain.history;

import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.SetId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run did.
 *
 * @param sets the sets that it made, read or removed
 * @param artifacts what it stored or restored, and what of that failed
 * @param targets the storage targets that took part
 * @param warnings what an operator should know beside that, a sentence each
 * @param whole of a backup, the kinds that it holds all of: databases, volumes or both; empty for
 *     other runs, and for those of versions that did not tell it
 */
public record RunFacts(
    List<SetId> sets,
    List<ArtifactFact> artifacts,
    List<TargetFact> targets,
    List<String> warnings,
    Optional<Whole> whole) {

  /** Nothing is known of what was done. */
  public static final RunFacts NONE = new RunFacts(List.of(), List.of(), List.of(), List.of());

  public RunFacts {
    sets = List.copyOf(sets);
    artifacts = List.copyOf(artifacts);
    targets = List.copyOf(targets);
    warnings = List.copyOf(warnings);
  }

  /** Those of a run that made no set. */
  public RunFacts(
      List<SetId> sets,
      List<ArtifactFact> artifacts,
      List<TargetFact> targets,
      List<String> warnings) {
    this(sets, artifacts, targets, warnings, Optional.empty());
  }

  /** The same with more warnings. */
  public RunFacts withWarnings(List<String> more) {
    return new RunFacts(
        sets,
        artifacts,
        targets,
        Stream.concat(warnings.stream(), more.stream()).distinct().toList(),
        whole);
  }

  /** What failed of it, a line each: {@code target nas: it cannot be reached}. */
  public List<String> failures() {
    return Stream.concat(
            artifacts.stream().flatMap(fact -> fact.failure().map(fact::failed).stream()),
            targets.stream().flatMap(fact -> fact.failure().map(fact::failed).stream()))
        .toList();
  }

  /**
   * What all of the host can be brought back by.
   *
   * @param bytes for databases and for volumes, as far as all of them are in the set: how much of
   *     it a restore reads
   */
  public record Whole(Map<ArtifactKind, Long> bytes) {
    public Whole {
      bytes = Map.copyOf(bytes);
    }
  }

  /**
   * What became of an artifact.
   *
   * @param name with its kind, as it is told to people: {@code database main/orders}
   * @param storedBytes the length of its file; zero when it failed
   * @param sourceBytes the size of what was read; zero when it failed
   * @param seconds how long it took
   * @param failure why it failed; empty when it did not
   */
  public record ArtifactFact(
      String name, long storedBytes, long sourceBytes, double seconds, Optional<String> failure) {

    private String failed(String why) {
      return name + ": " + why;
    }
  }

  /**
   * What became of a storage target.
   *
   * @param name its name in the configuration
   * @param failure why it did not take its part; empty when it did
   */
  public record TargetFact(String name, Optional<String> failure) {

    private String failed(String why) {
      return "target " + name + ": " + why;
    }
  }
}
