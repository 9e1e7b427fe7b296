package io.holdfast.application.service;

import io.holdfast.application.port.in.ReportRecovery.ArtifactSizes;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.trend.SetSize;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Follows the largest artifacts of the newest set back through those before it: a few alone. */
final class LargestArtifacts {

  private static final int MOST = 5;

  private final Instant since;
  private final Map<ArtifactId, Map<SetId, Long>> followed = new LinkedHashMap<>();

  LargestArtifacts(Instant since) {
    this.since = since;
  }

  /** Takes sets of a target, the newest first; the first of all says which artifacts they are. */
  void add(Manifest set) {
    if (set.id().begun().isBefore(since)) {
      return;
    }
    if (followed.isEmpty()) {
      set.stored()
          .filter(artifact -> artifact.id().kind() != ArtifactKind.CONTAINER)
          .sorted(Comparator.comparingLong(StoredArtifact::storedBytes).reversed())
          .limit(MOST)
          .forEach(artifact -> followed.put(artifact.id(), new TreeMap<>()));
    }
    set.stored()
        .filter(artifact -> followed.containsKey(artifact.id()))
        .forEach(
            artifact ->
                followed
                    .getOrDefault(artifact.id(), new TreeMap<>())
                    .put(set.id(), artifact.storedBytes()));
  }

  List<ArtifactSizes> sizes() {
    return followed.entrySet().stream()
        .map(
            entry ->
                new ArtifactSizes(
                    entry.getKey().describe(),
                    entry.getValue().entrySet().stream()
                        .map(size -> new SetSize(size.getKey(), size.getValue()))
                        .toList()))
        .toList();
  }
}
