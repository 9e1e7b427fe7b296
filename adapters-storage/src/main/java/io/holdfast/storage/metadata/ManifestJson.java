package io.holdfast.storage.metadata;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.FormatVersion;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.ManifestTarget;
import io.holdfast.domain.backup.SetScope;
import io.holdfast.domain.backup.SetStatus;
import io.holdfast.storage.json.Fields;
import io.holdfast.storage.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A manifest's JSON, field by field. */
final class ManifestJson {

  private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})");

  private ManifestJson() {}

  static Map<String, Object> toJson(Manifest manifest) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("formatVersion", manifest.formatVersion().toString());
    json.put("id", manifest.id().toString());
    json.put("host", manifest.host());
    json.put("toolVersion", manifest.toolVersion());
    json.put("started", manifest.started().toString());
    json.put("finished", manifest.finished().toString());
    json.put("status", manifest.status().name());
    manifest.tag().ifPresent(tag -> json.put("tag", tag));
    manifest.note().ifPresent(note -> json.put("note", note));
    json.put("artifacts", manifest.artifacts().stream().map(ArtifactJson::toJson).toList());
    json.put("targets", manifest.targets().stream().map(ManifestJson::toJson).toList());
    manifest.scope().ifPresent(scope -> json.put("scope", toJson(scope)));
    manifest.cut().ifPresent(cut -> json.put("cut", CutJson.toJson(cut)));
    return json;
  }

  private static Map<String, Object> toJson(ManifestTarget target) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", target.name());
    target.reason().ifPresent(reason -> json.put("reason", reason));
    return json;
  }

  private static Map<String, Object> toJson(SetScope scope) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kinds", scope.kinds().stream().map(ArtifactKind::name).sorted().toList());
    json.put("only", scope.only());
    return json;
  }

  /** A kind that a later version knows is passed over, as an unknown field is. */
  private static Optional<SetScope> scopeOf(Fields json) throws MalformedJsonException {
    if (!json.has("scope")) {
      return Optional.empty();
    }
    Fields scope = json.object("scope");
    List<String> kinds = scope.texts("kinds");
    Set<ArtifactKind> known =
        Arrays.stream(ArtifactKind.values())
            .filter(kind -> kinds.contains(kind.name()))
            .collect(Collectors.toSet());
    return Optional.of(new SetScope(known, scope.texts("only")));
  }

  private static List<ManifestTarget> targetsOf(Fields json) throws MalformedJsonException {
    List<ManifestTarget> targets = new ArrayList<>();
    if (json.has("targets")) {
      for (Fields target : json.objects("targets")) {
        targets.add(new ManifestTarget(target.text("name"), target.optionalText("reason")));
      }
    }
    return targets;
  }

  static Manifest fromJson(Fields json) throws MalformedJsonException {
    FormatVersion version = versionOf(json);
    List<Artifact> artifacts = new ArrayList<>();
    for (Fields artifact : json.objects("artifacts")) {
      artifacts.add(ArtifactJson.fromJson(artifact));
    }
    return new Manifest(
        version,
        json.parsed("id", SetIds::parse, SetIds.EXPECTED),
        json.text("host"),
        json.text("toolVersion"),
        json.instant("started"),
        json.instant("finished"),
        json.parsed("status", SetStatus::valueOf, "COMPLETE or PARTIAL"),
        json.optionalText("tag"),
        json.optionalText("note"),
        artifacts,
        targetsOf(json),
        scopeOf(json),
        json.has("cut") ? Optional.of(CutJson.fromJson(json.object("cut"))) : Optional.empty());
  }

  /** Read before all else: nothing is known of the fields of a higher major version. */
  private static FormatVersion versionOf(Fields json) throws MalformedJsonException {
    FormatVersion version =
        json.parsed("formatVersion", ManifestJson::parseVersion, "a version like 1.0");
    if (!version.isReadable()) {
      throw new IntegrityFailure(
          "manifest.json has format version "
              + version
              + ", and this Holdfast reads up to "
              + FormatVersion.CURRENT.major()
              + ".x",
          "Use the Holdfast that wrote the set or a newer one, or restore by its RESTORE.md.");
    }
    return version;
  }

  private static FormatVersion parseVersion(String text) {
    Matcher parts = VERSION.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text);
    }
    return new FormatVersion(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
  }
}
