package io.holdfast.storage.metadata;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.storage.json.Fields;
import io.holdfast.storage.json.Json;
import io.holdfast.storage.json.MalformedJsonException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes and reads manifests, locks and marks as JSON, in the format of docs/set-format.md. */
public final class JsonMetadataCodec implements MetadataCodec {

  private static final Duration LONGEST_EXPIRY = Duration.ofDays(366);

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
    holder.expiry().ifPresent(expiry -> json.put("expirySeconds", expiry.toSeconds()));
    if (!holder.inherited().isEmpty()) {
      json.put("inherited", holder.inherited().stream().map(SetId::toString).toList());
    }
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
              : Optional.<SetId>empty(),
          expiry(fields),
          inherited(fields));
    } catch (MalformedJsonException e) {
      throw new IntegrityFailure(
          "The repository's lock cannot be read: " + e.getMessage(),
          "When no run of Holdfast is at work on any host: holdfast locks --clear --force.",
          e);
    }
  }

  @Override
  public byte[] write(Pin pin) {
    return Json.write(MarkJson.toJson(pin));
  }

  @Override
  public Pin readPin(byte[] json) {
    return readMark("pin", json, MarkJson::pinOf);
  }

  @Override
  public byte[] write(Verdict verdict) {
    return Json.write(MarkJson.toJson(verdict));
  }

  @Override
  public Verdict readVerdict(byte[] json) {
    return readMark("verdict", json, MarkJson::verdictOf);
  }

  @Override
  public byte[] write(DrillRecord drill) {
    return Json.write(DrillJson.toJson(drill));
  }

  @Override
  public DrillRecord readDrill(byte[] json) {
    return readMark("drill", json, DrillJson::fromJson);
  }

  private static <T> T readMark(String sort, byte[] json, MarkReader<T> reader) {
    try {
      return reader.read(Fields.of(Json.read(json)));
    } catch (MalformedJsonException e) {
      throw new IntegrityFailure(
          "The " + sort + " of a set cannot be read: " + e.getMessage(),
          "It lies in .holdfast/ beside the sets; remove it if it is not one of Holdfast's.",
          e);
    }
  }

  /** Makes a mark of its fields. */
  private interface MarkReader<T> {
    T read(Fields fields) throws MalformedJsonException;
  }

  /** Missing in what versions without heartbeats wrote. */
  private static Optional<Duration> expiry(Fields fields) throws MalformedJsonException {
    if (!fields.has("expirySeconds")) {
      return Optional.empty();
    }
    Duration expiry = Duration.ofSeconds(fields.count("expirySeconds"));
    if (expiry.compareTo(LONGEST_EXPIRY) > 0) {
      throw fields.wrong("expirySeconds", "is longer than a year");
    }
    return Optional.of(expiry);
  }

  private static List<SetId> inherited(Fields fields) throws MalformedJsonException {
    List<SetId> sets = new ArrayList<>();
    for (String text : fields.texts("inherited")) {
      try {
        sets.add(SetIds.parse(text));
      } catch (IllegalArgumentException e) {
        throw fields.wrong("inherited", "has what is not " + SetIds.EXPECTED + ": " + text);
      }
    }
    return sets;
  }
}
