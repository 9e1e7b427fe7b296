package io.holdfast.storage.metadata;

import io.holdfast.domain.backup.Cut;
import io.holdfast.storage.json.Fields;
import io.holdfast.storage.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON of the moment that a set is of. */
final class CutJson {

  private CutJson() {}

  static Map<String, Object> toJson(Cut cut) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", cut.at().toString());
    json.put("clusters", cut.clusters().stream().map(CutJson::toJson).toList());
    json.put("held", cut.held());
    json.put("holdSeconds", Seconds.of(cut.hold()));
    json.put("skewSeconds", Seconds.of(cut.skew()));
    if (!cut.remarks().isEmpty()) {
      json.put("remarks", cut.remarks());
    }
    return json;
  }

  private static Map<String, Object> toJson(Cut.ClusterCut cluster) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cluster", cluster.cluster());
    cluster
        .first()
        .ifPresent(
            first -> {
              json.put("firstAt", first.at().toString());
              json.put("firstLsn", first.lsn());
            });
    json.put("at", cluster.at().toString());
    json.put("lsn", cluster.lsn());
    return json;
  }

  static Cut fromJson(Fields json) throws MalformedJsonException {
    List<Cut.ClusterCut> clusters = new ArrayList<>();
    for (Fields cluster : json.objects("clusters")) {
      clusters.add(
          new Cut.ClusterCut(
              cluster.text("cluster"),
              cluster.has("firstAt")
                  ? Optional.of(new Cut.Place(cluster.instant("firstAt"), cluster.text("firstLsn")))
                  : Optional.empty(),
              cluster.instant("at"),
              cluster.text("lsn")));
    }
    return new Cut(
        json.instant("at"),
        clusters,
        json.texts("held"),
        Seconds.from(json, "holdSeconds"),
        Seconds.from(json, "skewSeconds"),
        json.texts("remarks"));
  }
}
