package io.holdfast.launcher.cli;

import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.ManifestTarget;
import io.holdfast.domain.backup.StoredArtifact;
import java.util.Locale;

/** Manifests and artifacts in the documents of {@code --json}. */
final class ArtifactJson {

  private ArtifactJson() {}

  static Json.Fields of(Manifest manifest) {
    return Json.object()
        .put("formatVersion", manifest.formatVersion().toString())
        .put("id", manifest.id().toString())
        .put("host", manifest.host())
        .put("toolVersion", manifest.toolVersion())
        .put("started", manifest.started())
        .put("finished", manifest.finished())
        .put("status", manifest.status().name())
        .put("tag", manifest.tag())
        .put("note", manifest.note())
        .put("cut", manifest.cut().map(CutView::json))
        .put("artifacts", manifest.artifacts().stream().map(ArtifactJson::of).toList())
        .put("targets", manifest.targets().stream().map(ArtifactJson::of).toList());
  }

  private static Json.Fields of(ManifestTarget target) {
    return Json.object()
        .put("target", target.name())
        .put("stored", target.isStored())
        .put("reason", target.reason());
  }

  static Json.Fields of(Artifact artifact) {
    if (artifact instanceof StoredArtifact stored) {
      return of(stored);
    }
    FailedArtifact failed = (FailedArtifact) artifact;
    return named(failed.id()).put("status", "FAILED").put("reason", failed.reason());
  }

  /** The three fields that say which artifact is meant. */
  static Json.Fields named(ArtifactId id) {
    return Json.object()
        .put("kind", id.kind().name())
        .put("cluster", id.cluster())
        .put("name", id.name());
  }

  private static Json.Fields of(StoredArtifact stored) {
    return named(stored.id())
        .put("status", "STORED")
        .put("path", stored.path())
        .put("storedBytes", stored.storedBytes())
        .put("sourceBytes", stored.sourceBytes())
        .put("entries", stored.entries())
        .put("sha256", stored.sha256().hex())
        .put("encoding", stored.encoding().name().toLowerCase(Locale.ROOT))
        .put("seconds", stored.took())
        .put("fingerprint", stored.fingerprint().map(FingerprintView::json))
        .put("origin", of(stored.origin()))
        .put("warnings", stored.warnings());
  }

  private static Json.Fields of(ArtifactOrigin origin) {
    if (origin instanceof ArtifactOrigin.FromPostgres postgres) {
      return Json.object()
          .put("type", "POSTGRES")
          .put("serverVersion", postgres.serverVersion())
          .put("toolVersion", postgres.toolVersion());
    }
    if (origin instanceof ArtifactOrigin.FromVolume volume) {
      return Json.object()
          .put("type", "VOLUME")
          .put("driver", volume.driver())
          .put("labels", volume.labels())
          .put("options", volume.options());
    }
    if (origin instanceof ArtifactOrigin.FromContainer container) {
      return Json.object()
          .put("type", "CONTAINER")
          .put("image", container.image())
          .put("cluster", container.cluster());
    }
    return Json.object().put("type", "UNKNOWN");
  }
}
