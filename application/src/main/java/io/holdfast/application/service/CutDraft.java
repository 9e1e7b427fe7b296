package io.holdfast.application.service;

import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.Cut;
import io.holdfast.domain.backup.Cut.ClusterCut;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Keeps count of when what was cut, for the manifest. */
final class CutDraft {

  private final Clock clock;
  private final Instant begun;
  private final TreeMap<String, Instant> moving = new TreeMap<>();
  private final List<String> torn = new ArrayList<>();

  CutDraft(Clock clock) {
    this.clock = clock;
    this.begun = clock.instant();
  }

  /** A database's dump begins as of now, for it has no snapshot. */
  synchronized void begins(ArtifactId id) {
    if (id.kind() == ArtifactKind.DATABASE) {
      moving.put(id.describe(), clock.instant());
    }
  }

  /**
   * A volume was read to its end while it could change.
   *
   * @param meantToBeHeld true when its containers went on too early
   */
  synchronized void ended(ArtifactId id, boolean meantToBeHeld) {
    if (id.kind() != ArtifactKind.VOLUME) {
      return;
    }
    moving.put(id.describe(), clock.instant());
    if (meantToBeHeld) {
      torn.add(id.describe());
    }
  }

  /** Why the set is suspect: its containers went on before their volumes were read. */
  synchronized List<String> doubts(HeldContainers held) {
    if (!held.ranOut()) {
      return List.of();
    }
    String what =
        torn.isEmpty()
            ? "before the moment was fixed everywhere"
            : "before these were read: " + String.join(", ", torn.stream().sorted().toList());
    return List.of(
        "The hold of "
            + String.join(", ", held.names())
            + " ended after "
            + held.lasted().toSeconds()
            + " s, as volumes: max-hold: has it, "
            + what
            + ".");
  }

  synchronized Cut cut(List<ClusterCut> clusters, HeldContainers held, List<String> remarks) {
    List<Instant> snapshots = clusters.stream().map(ClusterCut::at).sorted().toList();
    Instant otherwise = held.begun().orElse(begun);
    Instant first =
        clusters.stream().map(ClusterCut::begun).min(Instant::compareTo).orElse(otherwise);
    Instant at = snapshots.isEmpty() ? otherwise : snapshots.get(snapshots.size() - 1);
    Instant last =
        Stream.concat(Stream.of(at), moving.values().stream()).max(Instant::compareTo).orElse(at);
    boolean still = held.begun().isPresent() && moving.isEmpty() && !held.ranOut();
    List<String> all = new ArrayList<>(remarks);
    moved().ifPresent(all::add);
    return new Cut(
        at,
        clusters,
        held.begun().isPresent() ? held.names() : List.of(),
        held.lasted(),
        still ? Duration.ZERO : Duration.between(first, last),
        all);
  }

  private Optional<String> moved() {
    return moving.isEmpty()
        ? Optional.empty()
        : Optional.of("Read while it could change: " + String.join(", ", moving.keySet()) + ".");
  }
}
