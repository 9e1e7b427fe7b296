package io.holdfast.storage.metadata;

import io.holdfast.domain.fingerprint.Difference;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.domain.recovery.DrillRecord.ArtifactProof;
import io.holdfast.domain.recovery.DrillRecord.Assertion;
import io.holdfast.domain.recovery.DrillRecord.Phase;
import io.holdfast.storage.json.Fields;
import io.holdfast.storage.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON of a drill's result. */
final class DrillJson {

  private DrillJson() {}

  static Map<String, Object> toJson(DrillRecord drill) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("set", drill.set().toString());
    json.put("target", drill.target());
    json.put("host", drill.host());
    json.put("started", drill.started().toString());
    json.put("seconds", Seconds.of(drill.took()));
    json.put("restoreSeconds", Seconds.of(drill.restoreTook()));
    json.put("bytes", drill.bytes());
    json.put("whole", drill.whole());
    json.put("proven", drill.isProven());
    drill.rto().ifPresent(rto -> json.put("rtoSeconds", Seconds.of(rto)));
    json.put("phases", drill.phases().stream().map(DrillJson::toJson).toList());
    json.put("artifacts", drill.proofs().stream().map(DrillJson::toJson).toList());
    json.put("assertions", drill.assertions().stream().map(DrillJson::toJson).toList());
    json.put("problems", drill.problems());
    return json;
  }

  /** Whether it is proven follows from the rest, and is there for people and other programs. */
  static DrillRecord fromJson(Fields json) throws MalformedJsonException {
    List<Phase> phases = new ArrayList<>();
    for (Fields phase : json.objects("phases")) {
      phases.add(new Phase(phase.text("name"), Seconds.from(phase, "seconds")));
    }
    List<ArtifactProof> proofs = new ArrayList<>();
    for (Fields artifact : json.objects("artifacts")) {
      proofs.add(
          new ArtifactProof(
              artifact.text("name"), artifact.text("compared"), differencesOf(artifact)));
    }
    List<Assertion> assertions = new ArrayList<>();
    for (Fields assertion : json.objects("assertions")) {
      assertions.add(
          new Assertion(assertion.text("name"), assertion.flag("held"), assertion.text("detail")));
    }
    return new DrillRecord(
        json.parsed("set", SetIds::parse, SetIds.EXPECTED),
        json.text("target"),
        json.text("host"),
        json.instant("started"),
        Seconds.from(json, "seconds"),
        Seconds.from(json, "restoreSeconds"),
        json.count("bytes"),
        json.flag("whole"),
        phases,
        proofs,
        assertions,
        json.texts("problems"),
        json.has("rtoSeconds") ? Optional.of(Seconds.from(json, "rtoSeconds")) : Optional.empty());
  }

  private static List<Difference> differencesOf(Fields artifact) throws MalformedJsonException {
    List<Difference> differences = new ArrayList<>();
    for (Fields difference : artifact.objects("differences")) {
      differences.add(new Difference(difference.text("subject"), difference.text("detail")));
    }
    return differences;
  }

  private static Map<String, Object> toJson(Phase phase) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", phase.name());
    json.put("seconds", Seconds.of(phase.took()));
    return json;
  }

  private static Map<String, Object> toJson(ArtifactProof proof) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", proof.artifact());
    json.put("compared", proof.compared());
    json.put(
        "differences",
        proof.differences().stream()
            .map(
                difference -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("subject", difference.subject());
                  one.put("detail", difference.detail());
                  return one;
                })
            .toList());
    return json;
  }

  private static Map<String, Object> toJson(Assertion assertion) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", assertion.name());
    json.put("held", assertion.held());
    json.put("detail", assertion.detail());
    return json;
  }
}
