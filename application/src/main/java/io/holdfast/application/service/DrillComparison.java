package io.holdfast.application.service;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.RestoreProof;
import io.holdfast.application.port.out.source.RestoreProof.Proof;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.Listing;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.recovery.DrillRecord.ArtifactProof;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Holds what came back against the fingerprints of what was there. */
record DrillComparison(
    UseCases.DrillGround ground,
    DrillSite site,
    DrillFindings findings,
    BiFunction<Listing, Cancellation, ArtifactContent> listings) {

  private static final String NOTHING = "nothing: ";

  void compare(StoredArtifact artifact, Cancellation cancellation) {
    ArtifactId id = artifact.id();
    if (!site.has(id)) {
      told(id, NOTHING + "it did not come back");
      return;
    }
    if (artifact.fingerprint().isEmpty()) {
      told(id, NOTHING + "the set has no fingerprint of it");
      return;
    }
    Optional<RestoreProof> prover = prover(id);
    if (prover.isEmpty()) {
      told(id, NOTHING + "there is no way to compare such an artifact");
      return;
    }
    Optional<ArtifactContent> listing =
        artifact.listing().map(file -> listings.apply(file, cancellation));
    String name = id.kind() == ArtifactKind.VOLUME ? site.volumeName(id) : id.name();
    try {
      Proof proof =
          prover.get().compare(id, name, artifact.fingerprint().get(), listing, cancellation);
      findings.add(new ArtifactProof(id.describe(), proof.compared(), proof.differences()));
    } catch (IOException e) {
      throw DrillRun.unreadable(id, e);
    }
  }

  private Optional<RestoreProof> prover(ArtifactId id) {
    List<RestoreProof> provers =
        id.kind() == ArtifactKind.VOLUME
            ? ground.volumeProofs()
            : List.of(site.cluster(id).proof());
    return provers.stream().filter(prover -> prover.proves(id)).findFirst();
  }

  private void told(ArtifactId id, String compared) {
    findings.add(new ArtifactProof(id.describe(), compared, List.of()));
  }
}
