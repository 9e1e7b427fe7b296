package io.holdfast.storage.metadata;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.storage.json.Fields;
import io.holdfast.storage.json.Json;
import io.holdfast.storage.json.MalformedJsonException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes and reads manifests and locks as JSON, in the format of docs/set-format.md. */
public final class JsonMetadataCodec implements MetadataCodec {

  /** A codec; it holds nothing and may be shared. */
  public JsonMetadataCodec() {}

  @Override
  public byte[] write(Manifest manifest) {
    return Json.write(ManifestJson.toJson(manifest));
  }

  @Override
  public Manifest readManifest(byte[] json) {
    try {
      return ManifestJson.fromJson(Fields.of(Json.read(json)));
    } catch (MalformedJsonException e) {
      throw new IntegrityFailure(
          "manifest.json cannot be read: " + e.getMessage(),
          "Check the set with `sha256sum -c checksums.sha256`, or take its copy on another target.",
          e);
    }
  }

  @Override
  public byte[] write(LockHolder holder) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("token", holder.token());
    json.put("host", holder.host());
    json.put("pid", holder.pid());
    json.put("processMark", holder.processMark());
    json.put("since", holder.since().toString());
    json.put("command", holder.command());
    holder.set().ifPresent(set -> json.put("set", set.toString()));
    return Json.write(json);
  }

  @Override
  public LockHolder readLockHolder(byte[] json) {
    try {
      Fields fields = Fields.of(Json.read(json));
      return new LockHolder(
          fields.text("token"),
          fields.text("host"),
          fields.count("pid"),
          fields.text("processMark"),
          fields.instant("since"),
          fields.text("command"),
          fields.has("set")
              ? Optional.of(fields.parsed("set", SetIds::parse, SetIds.EXPECTED))
              : Optional.<SetId>empty());
    } catch (MalformedJsonException e) {
      throw new IntegrityFailure(
          "The repository's lock cannot be read: " + e.getMessage(),
          "When no run of Holdfast is at work on any host, remove the lock file by hand.",
          e);
    }
  }
}
