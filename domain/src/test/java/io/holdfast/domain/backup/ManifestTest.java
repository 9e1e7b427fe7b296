package io.holdfast.domain.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.checksum.Checksum;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ManifestTest {

  private static final List<ManifestTarget> TARGETS =
      List.of(
          new ManifestTarget("local", Optional.empty()),
          new ManifestTarget("nas", Optional.of("no space left")));

  private final StoredArtifact stored =
      new StoredArtifact(
          ArtifactId.volume("data"),
          "volumes/data.tar",
          10_240,
          10_240,
          3,
          new Checksum("0".repeat(64)),
          Encoding.NONE,
          Duration.ofSeconds(1),
          new ArtifactOrigin.Unknown(),
          List.of());
  private final FailedArtifact failed =
      new FailedArtifact(ArtifactId.database("main", "app"), "refused");

  @Test
  void tells_stored_artifacts_from_failed_ones_in_their_order() {
    StoredArtifact second = stored;
    Manifest manifest = manifest(List.of(failed, stored, second));

    assertThat(manifest.stored()).containsExactly(stored, second);
    assertThat(manifest.failed()).containsExactly(failed);
  }

  @Test
  void tells_which_targets_had_the_set() {
    assertThat(manifest(List.of()).targets())
        .filteredOn(ManifestTarget::isStored)
        .extracting(ManifestTarget::name)
        .containsExactly("local");
  }

  @Test
  void does_not_change_with_what_it_was_made_from() {
    List<Artifact> artifacts = new ArrayList<>(List.of(failed));
    Manifest manifest = manifest(artifacts);
    artifacts.clear();
    assertThat(manifest.artifacts()).containsExactly(failed);
    List<ManifestTarget> targets = new ArrayList<>(TARGETS);
    Manifest told = manifest(artifacts).withTargets(targets);
    targets.clear();
    assertThat(told.targets()).isEqualTo(TARGETS);
    assertThat(told).isEqualTo(manifest(artifacts));

    Map<String, String> labels = new HashMap<>(Map.of("a", "1"));
    Map<String, String> options = new HashMap<>(Map.of("b", "2"));
    ArtifactOrigin.FromVolume origin = new ArtifactOrigin.FromVolume("local", labels, options);
    labels.clear();
    options.clear();
    assertThat(origin.labels()).containsExactly(Map.entry("a", "1"));
    assertThat(origin.options()).containsExactly(Map.entry("b", "2"));
  }

  @Test
  void with_other_targets_it_tells_what_was_asked_for_as_before() {
    SetScope scope = new SetScope(Set.of(ArtifactKind.VOLUME), List.of());
    Manifest manifest = manifest(List.of(stored), Optional.of(scope)).withTargets(List.of());
    assertThat(manifest.targets()).isEmpty();
    assertThat(manifest.scope()).contains(scope);
    assertThat(manifest.artifacts()).containsExactly(stored);
  }

  private static Manifest manifest(List<Artifact> artifacts) {
    return manifest(artifacts, Optional.empty());
  }

  private static Manifest manifest(List<Artifact> artifacts, Optional<SetScope> scope) {
    return new Manifest(
        FormatVersion.CURRENT,
        new SetId(Instant.EPOCH),
        "host",
        "0.1.0",
        Instant.EPOCH,
        Instant.EPOCH,
        SetStatus.PARTIAL,
        Optional.empty(),
        Optional.empty(),
        artifacts,
        TARGETS,
        scope,
        Optional.empty());
  }
}
