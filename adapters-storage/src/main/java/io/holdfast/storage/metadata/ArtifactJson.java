package io.holdfast.storage.metadata;

import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.Listing;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import io.holdfast.storage.json.Fields;
import io.holdfast.storage.json.MalformedJsonException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The JSON of one artifact of a manifest: one with a {@code reason} failed. */
final class ArtifactJson {

  private ArtifactJson() {}

  static Map<String, Object> toJson(Artifact artifact) {
    Map<String, Object> json = new LinkedHashMap<>();
    ArtifactId id = artifact.id();
    json.put("kind", id.kind().name());
    id.cluster().ifPresent(cluster -> json.put("cluster", cluster));
    json.put("name", id.name());
    if (artifact instanceof FailedArtifact failed) {
      json.put("reason", failed.reason());
    } else if (artifact instanceof StoredArtifact stored) {
      addStored(stored, json);
    }
    return json;
  }

  static Artifact fromJson(Fields json) throws MalformedJsonException {
    ArtifactKind kind = json.parsed("kind", ArtifactKind::valueOf, "a kind: " + kinds());
    String name = json.text("name");
    if (name.isEmpty()) {
      throw json.wrong("name", "is empty");
    }
    ArtifactId id = new ArtifactId(kind, json.optionalText("cluster"), name);
    return json.has("reason") ? new FailedArtifact(id, json.text("reason")) : readStored(id, json);
  }

  private static void addStored(StoredArtifact stored, Map<String, Object> json) {
    json.put("path", stored.path());
    json.put("storedBytes", stored.storedBytes());
    json.put("sourceBytes", stored.sourceBytes());
    json.put("entries", stored.entries());
    json.put("sha256", stored.sha256().hex());
    json.put("encoding", stored.encoding().name().toLowerCase(Locale.ROOT));
    json.put("seconds", Seconds.of(stored.took()));
    json.putAll(OriginJson.toJson(stored.origin()));
    if (!stored.warnings().isEmpty()) {
      json.put("warnings", stored.warnings());
    }
    stored.listing().ifPresent(listing -> json.put("listing", toJson(listing)));
    stored
        .fingerprint()
        .ifPresent(fingerprint -> json.put("fingerprint", FingerprintJson.toJson(fingerprint)));
  }

  private static StoredArtifact readStored(ArtifactId id, Fields json)
      throws MalformedJsonException {
    return new StoredArtifact(
        id,
        // A path is a key below the set's, so that none in a doctored manifest leads out of it.
        json.parsed("path", BlobKey::new, "a path inside the set").value(),
        json.count("storedBytes"),
        json.count("sourceBytes"),
        json.count("entries"),
        json.parsed("sha256", Checksum::new, "64 lower-case hexadecimal digits"),
        json.parsed("encoding", ArtifactJson::encodingOf, "none, gzip or zstd"),
        Seconds.from(json, "seconds"),
        OriginJson.fromJson(id.kind(), json),
        json.texts("warnings"),
        json.has("fingerprint")
            ? FingerprintJson.fromJson(id.kind(), json.object("fingerprint"))
            : Optional.empty(),
        json.has("listing") ? Optional.of(listingOf(json.object("listing"))) : Optional.empty());
  }

  private static Map<String, Object> toJson(Listing listing) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("path", listing.path());
    json.put("storedBytes", listing.storedBytes());
    json.put("sha256", listing.sha256().hex());
    return json;
  }

  private static Listing listingOf(Fields json) throws MalformedJsonException {
    return new Listing(
        json.parsed("path", BlobKey::new, "a path inside the set").value(),
        json.count("storedBytes"),
        json.parsed("sha256", Checksum::new, "64 lower-case hexadecimal digits"));
  }

  private static Encoding encodingOf(String text) {
    return Arrays.stream(Encoding.values())
        .filter(encoding -> encoding.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static String kinds() {
    return Arrays.toString(ArtifactKind.values());
  }
}
