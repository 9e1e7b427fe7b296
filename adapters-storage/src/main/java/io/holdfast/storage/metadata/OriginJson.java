package io.holdfast.storage.metadata;

import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.ArtifactOrigin.FromContainer;
import io.holdfast.domain.backup.ArtifactOrigin.FromPostgres;
import io.holdfast.domain.backup.ArtifactOrigin.FromVolume;
import io.holdfast.domain.backup.ArtifactOrigin.Unknown;
import io.holdfast.storage.json.Fields;
import io.holdfast.storage.json.MalformedJsonException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The fields of an artifact that tell where it came from; which they are goes by its kind. */
final class OriginJson {

  private OriginJson() {}

  static Map<String, Object> toJson(ArtifactOrigin origin) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (origin instanceof FromPostgres postgres) {
      json.put("serverVersion", postgres.serverVersion());
      json.put("dumpToolVersion", postgres.toolVersion());
      if (!postgres.publicSchema()) {
        json.put("publicSchema", false);
      }
    } else if (origin instanceof FromVolume volume) {
      json.put("volume", volumeJson(volume));
    } else if (origin instanceof FromContainer container) {
      container.image().ifPresent(image -> json.put("image", image));
      container.cluster().ifPresent(cluster -> json.put("cluster", cluster));
    }
    return json;
  }

  static ArtifactOrigin fromJson(ArtifactKind kind, Fields json) throws MalformedJsonException {
    return switch (kind) {
      case DATABASE, GLOBALS ->
          json.has("serverVersion")
              ? new FromPostgres(
                  json.text("serverVersion"),
                  json.text("dumpToolVersion"),
                  !json.has("publicSchema") || json.flag("publicSchema"))
              : new Unknown();
      case VOLUME -> json.has("volume") ? volumeOf(json.object("volume")) : new Unknown();
      case CONTAINER -> new FromContainer(json.optionalText("image"), json.optionalText("cluster"));
    };
  }

  private static Map<String, Object> volumeJson(FromVolume volume) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("driver", volume.driver());
    // Sorted, because the model's order is none and the same set should give the same bytes.
    json.put("labels", new TreeMap<>(volume.labels()));
    json.put("options", new TreeMap<>(volume.options()));
    return json;
  }

  private static FromVolume volumeOf(Fields json) throws MalformedJsonException {
    return new FromVolume(
        json.text("driver"), json.textsByName("labels"), json.textsByName("options"));
  }
}
