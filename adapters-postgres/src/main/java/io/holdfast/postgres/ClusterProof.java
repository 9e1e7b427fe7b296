package io.holdfast.postgres;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.RestoreProof;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.fingerprint.DatabaseFingerprint;
import io.holdfast.domain.fingerprint.Fingerprint;
import io.holdfast.domain.fingerprint.GlobalsFingerprint;
import io.holdfast.domain.fingerprint.TreeFingerprint;
import java.util.Optional;
import java.util.Set;

/** Shows whether the restored databases and roles of one cluster are those of the source. */
final class ClusterProof implements RestoreProof {

  private final ClusterSettings settings;
  private final Connections connections;

  ClusterProof(ClusterSettings settings, Connections connections) {
    this.settings = settings;
    this.connections = connections;
  }

  @Override
  public boolean proves(ArtifactId id) {
    boolean ours = id.kind() == ArtifactKind.DATABASE || id.kind() == ArtifactKind.GLOBALS;
    return ours && id.cluster().map(settings.name()::equals).orElse(true);
  }

  @Override
  public Proof compare(
      ArtifactId id,
      String restoredAs,
      Fingerprint expected,
      Optional<ArtifactContent> listing,
      Cancellation cancellation) {
    if (expected instanceof DatabaseFingerprint database) {
      return new DatabaseProof(connections).compare(restoredAs, database, cancellation);
    }
    if (expected instanceof GlobalsFingerprint globals) {
      return roles(globals, cancellation);
    }
    throw new IllegalArgumentException(
        id.describe() + " has no fingerprint like " + TreeFingerprint.class.getSimpleName());
  }

  private Proof roles(GlobalsFingerprint expected, Cancellation cancellation) {
    try (Session session = connections.openAdmin(Set.of(), cancellation)) {
      return Proofs.of(
          Proofs.counted(expected.roles().size(), "role"),
          expected.differencesOf(RoleFingerprinter.take(session)));
    }
  }
}
