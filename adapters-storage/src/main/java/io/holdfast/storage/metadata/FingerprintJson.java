package io.holdfast.storage.metadata;

import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.checksum.Checksum;
import io.holdfast.domain.fingerprint.DatabaseFingerprint;
import io.holdfast.domain.fingerprint.Fingerprint;
import io.holdfast.domain.fingerprint.GlobalsFingerprint;
import io.holdfast.domain.fingerprint.TableFingerprint;
import io.holdfast.domain.fingerprint.TreeFingerprint;
import io.holdfast.storage.json.Fields;
import io.holdfast.storage.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The JSON of a fingerprint; which fields it has goes by the kind of its artifact. */
final class FingerprintJson {

  private FingerprintJson() {}

  static Map<String, Object> toJson(Fingerprint fingerprint) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (fingerprint instanceof DatabaseFingerprint database) {
      json.put("method", database.method());
      json.put("seconds", Seconds.of(database.took()));
      json.put("tables", database.tables().stream().map(FingerprintJson::toJson).toList());
      json.put("sequences", database.sequences());
      json.put("largeObjectCount", database.largeObjectCount());
      putUnlessEmpty(json, "largeObjects", database.largeObjects());
      json.put("schema", database.schema());
      putUnlessEmpty(json, "database", database.properties());
    } else if (fingerprint instanceof GlobalsFingerprint globals) {
      json.put("roles", globals.roles());
      putUnlessEmpty(json, "memberships", globals.memberships());
    } else if (fingerprint instanceof TreeFingerprint tree) {
      json.put("files", tree.files());
      json.put("bytes", tree.bytes());
      json.put("digest", tree.digest().hex());
    }
    return json;
  }

  /** Empty for kinds that have none in this version. */
  static Optional<Fingerprint> fromJson(ArtifactKind kind, Fields json)
      throws MalformedJsonException {
    return switch (kind) {
      case DATABASE -> Optional.of(databaseOf(json));
      case GLOBALS ->
          Optional.of(
              new GlobalsFingerprint(
                  new TreeMap<>(json.textsByName("roles")),
                  new TreeMap<>(json.textsByName("memberships"))));
      case VOLUME ->
          Optional.of(
              new TreeFingerprint(
                  json.count("files"),
                  json.count("bytes"),
                  json.parsed("digest", Checksum::new, "64 lower-case hexadecimal digits")));
      case CONTAINER -> Optional.empty();
    };
  }

  private static DatabaseFingerprint databaseOf(Fields json) throws MalformedJsonException {
    List<TableFingerprint> tables = new ArrayList<>();
    for (Fields table : json.objects("tables")) {
      tables.add(
          new TableFingerprint(
              table.text("name"),
              table.count("rows"),
              table.optionalText("content").orElse(""),
              table.has("share") ? Math.max(1, table.count("share")) : 1,
              table.optionalText("structure").orElse("")));
    }
    return new DatabaseFingerprint(
        json.text("method"),
        tables,
        new TreeMap<>(json.textsByName("sequences")),
        json.optionalText("largeObjects").orElse(""),
        json.count("largeObjectCount"),
        new TreeMap<>(json.textsByName("schema")),
        new TreeMap<>(json.textsByName("database")),
        Seconds.from(json, "seconds"));
  }

  private static Map<String, Object> toJson(TableFingerprint table) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", table.name());
    json.put("rows", table.rows());
    putUnlessEmpty(json, "content", table.content());
    if (table.share() > 1) {
      json.put("share", table.share());
    }
    putUnlessEmpty(json, "structure", table.structure());
    return json;
  }

  private static void putUnlessEmpty(
      Map<String, Object> json, String name, Map<String, String> texts) {
    if (!texts.isEmpty()) {
      json.put(name, texts);
    }
  }

  private static void putUnlessEmpty(Map<String, Object> json, String name, String text) {
    if (!text.isEmpty()) {
      json.put(name, text);
    }
  }
}
