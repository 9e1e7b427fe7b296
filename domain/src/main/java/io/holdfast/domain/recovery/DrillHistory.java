package io.holdfast.domain.recovery;

import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.recovery.DrillRecord.ArtifactProof;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The drills of a host, each once, however many places remember it.
 *
 * @param drills the newest first
 */
public record DrillHistory(List<DrillRecord> drills) {

  /** Nobody has tried. */
  public static final DrillHistory NONE = new DrillHistory(List.of());

  /**
   * Takes drills in any order.
   *
   * @param drills some maybe several times
   */
  public DrillHistory {
    Map<Key, DrillRecord> once = new LinkedHashMap<>();
    drills.forEach(
        drill -> once.putIfAbsent(new Key(drill.set(), drill.target(), drill.started()), drill));
    drills =
        once.values().stream()
            .sorted(Comparator.comparing(DrillRecord::started).reversed())
            .toList();
  }

  private record Key(SetId set, String target, Instant started) {}

  /** The newest drill. */
  public Optional<DrillRecord> last() {
    return drills.stream().findFirst();
  }

  /** Those from one target. */
  public DrillHistory of(String target) {
    return new DrillHistory(drills.stream().filter(d -> d.target().equals(target)).toList());
  }

  /**
   * The failures that stand, the newest of each target: no later drill from there has proven what
   * failed. A whole one proves all; a sample proves the artifacts that it names.
   */
  public List<DrillRecord> standingFailures() {
    Map<String, DrillRecord> standing = new LinkedHashMap<>();
    drills.stream()
        .filter(drill -> !drill.isProven() && drills.stream().noneMatch(d -> lifts(d, drill)))
        .forEach(drill -> standing.putIfAbsent(drill.target(), drill));
    return List.copyOf(standing.values());
  }

  private static boolean lifts(DrillRecord later, DrillRecord failed) {
    return later.isProven()
        && later.target().equals(failed.target())
        && later.started().isAfter(failed.started())
        && (later.whole() || (!failed.whole() && names(later).containsAll(names(failed))));
  }

  private static Set<String> names(DrillRecord drill) {
    return drill.proofs().stream().map(ArtifactProof::artifact).collect(Collectors.toSet());
  }

  /** What was measured by those that were carried through. */
  public List<Measurement> measurements() {
    return drills.stream()
        .filter(drill -> drill.problems().isEmpty() && drill.bytes() > 0)
        .map(
            drill ->
                new Measurement(
                    drill.started(),
                    Measurement.Source.DRILL,
                    drill.set(),
                    drill.restoreTook(),
                    drill.bytes()))
        .toList();
  }
}
