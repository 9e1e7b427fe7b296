package io.holdfast.storage.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.FormatVersion;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.ManifestTarget;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetScope;
import io.holdfast.domain.backup.SetStatus;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any manifest comes back as it was written. */
class ManifestRoundTripTest {

  @Property(tries = 300)
  void any_manifest_comes_back(@ForAll("manifests") Manifest manifest) {
    JsonMetadataCodec codec = new JsonMetadataCodec();

    assertThat(codec.readManifest(codec.write(manifest))).isEqualTo(manifest);
  }

  @Provide
  Arbitrary<Manifest> manifests() {
    return Combinators.combine(
            moments(),
            moments(),
            texts(),
            Arbitraries.of(SetStatus.class),
            texts().optional(),
            artifacts().list().ofMaxSize(5),
            scopes().optional())
        .as(
            (started, finished, host, status, note, artifacts, scope) ->
                new Manifest(
                    FormatVersion.CURRENT,
                    new SetId(started),
                    host,
                    "0.1.0",
                    started,
                    finished,
                    status,
                    Optional.empty(),
                    note,
                    artifacts,
                    List.of(),
                    scope,
                    Optional.empty()))
        .flatMap(manifest -> targets().list().ofMaxSize(4).map(manifest::withTargets));
  }

  private static Arbitrary<SetScope> scopes() {
    return Combinators.combine(
            Arbitraries.of(ArtifactKind.class).set(), texts().list().ofMaxSize(3))
        .as(SetScope::new);
  }

  private static Arbitrary<ManifestTarget> targets() {
    return Combinators.combine(texts(), texts().optional()).as(ManifestTarget::new);
  }

  private static Arbitrary<Artifact> artifacts() {
    Arbitrary<Artifact> failed =
        Combinators.combine(texts(), texts())
            .as((name, reason) -> new FailedArtifact(ArtifactId.database("c", name), reason));
    return Arbitraries.oneOf(failed, stored());
  }

  private static Arbitrary<Artifact> stored() {
    Arbitrary<Duration> durations =
        Combinators.combine(
                Arbitraries.longs().between(0, 1_000_000),
                Arbitraries.longs().between(0, 999_999_999))
            .as(Duration::ofSeconds);
    return Combinators.combine(
            texts(),
            Arbitraries.longs().greaterOrEqual(0),
            durations,
            Arbitraries.of(Encoding.class),
            Arbitraries.maps(texts(), texts()).ofMaxSize(3),
            texts().list().ofMaxSize(2))
        .as(
            (name, bytes, took, encoding, labels, warnings) ->
                new StoredArtifact(
                    ArtifactId.volume(name),
                    "volumes/" + name.length() + encoding.suffix(),
                    bytes,
                    Long.MAX_VALUE - bytes,
                    1,
                    new Checksum("ab".repeat(32)),
                    encoding,
                    took,
                    new ArtifactOrigin.FromVolume("local", labels, labels),
                    warnings));
  }

  private static Arbitrary<Instant> moments() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 4_000_000_000L),
            Arbitraries.longs().between(0, 999_999_999))
        .as(Instant::ofEpochSecond);
  }

  /** Anything but lone surrogates, which are no text. */
  private static Arbitrary<String> texts() {
    return Arbitraries.integers()
        .between(0, 0x10FFFF)
        .filter(codePoint -> codePoint < 0xD800 || codePoint > 0xDFFF)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(
            codePoints -> {
              StringBuilder text = new StringBuilder();
              codePoints.forEach(text::appendCodePoint);
              return text.toString();
            });
  }
}
