package io.holdfast.storage.state;

import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts;
import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunFacts.TargetFact;
import io.holdfast.domain.history.RunFacts.Whole;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import io.holdfast.storage.json.Fields;
import io.holdfast.storage.json.Json;
import io.holdfast.storage.json.MalformedJsonException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON of a run's file. */
final class RunJson {

  private RunJson() {}

  static byte[] write(RunRecord record) {
    Run run = record.run();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", run.id().toString());
    json.put("kind", run.kind().name());
    json.put("started", run.started().toString());
    json.put("pid", record.pid());
    json.put("processMark", record.processMark());
    run.ending().ifPresent(ending -> json.put("ended", toJson(ending)));
    return Json.write(json);
  }

  static RunRecord read(byte[] bytes) throws MalformedJsonException {
    Fields json = Fields.of(Json.read(bytes));
    Optional<RunEnding> ending =
        json.has("ended") ? Optional.of(ending(json.object("ended"))) : Optional.empty();
    return new RunRecord(
        new Run(
            json.parsed("id", RunId::new, "a run's name"),
            json.parsed("kind", RunKind::valueOf, "a run's kind"),
            json.instant("started"),
            ending),
        json.count("pid"),
        json.text("processMark"));
  }

  private static Map<String, Object> toJson(RunEnding ending) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("finished", ending.finished().toString());
    json.put("outcome", ending.outcome().name());
    json.put("exitCode", (long) ending.exitCode());
    ending.failure().ifPresent(failure -> json.put("failure", failure));
    json.put("hint", ending.hint());
    RunFacts facts = ending.facts();
    json.put("sets", facts.sets().stream().map(SetId::toString).toList());
    json.put("artifacts", facts.artifacts().stream().map(RunJson::toJson).toList());
    json.put("targets", facts.targets().stream().map(RunJson::toJson).toList());
    json.put("warnings", facts.warnings());
    facts.whole().ifPresent(whole -> json.put("whole", toJson(whole)));
    return json;
  }

  private static Map<String, Object> toJson(ArtifactFact fact) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", fact.name());
    json.put("storedBytes", fact.storedBytes());
    json.put("sourceBytes", fact.sourceBytes());
    json.put("seconds", BigDecimal.valueOf(Math.max(0, fact.seconds())));
    fact.failure().ifPresent(failure -> json.put("failure", failure));
    return json;
  }

  private static Map<String, Object> toJson(Whole whole) {
    Map<String, Object> json = new LinkedHashMap<>();
    whole.bytes().forEach((kind, bytes) -> json.put(kind.name(), bytes));
    return json;
  }

  private static Map<String, Object> toJson(TargetFact fact) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", fact.name());
    fact.failure().ifPresent(failure -> json.put("failure", failure));
    return json;
  }

  private static RunEnding ending(Fields json) throws MalformedJsonException {
    List<SetId> sets = new ArrayList<>();
    for (String set : json.texts("sets")) {
      SetId.parse(set).ifPresent(sets::add);
    }
    List<ArtifactFact> artifacts = new ArrayList<>();
    for (Fields fact : json.objects("artifacts")) {
      artifacts.add(
          new ArtifactFact(
              fact.text("name"),
              fact.count("storedBytes"),
              fact.count("sourceBytes"),
              fact.decimal("seconds").doubleValue(),
              fact.optionalText("failure")));
    }
    List<TargetFact> targets = new ArrayList<>();
    for (Fields fact : json.objects("targets")) {
      targets.add(new TargetFact(fact.text("name"), fact.optionalText("failure")));
    }
    return new RunEnding(
        json.instant("finished"),
        json.parsed("outcome", RunOutcome::valueOf, "a run's outcome"),
        (int) json.count("exitCode"),
        json.optionalText("failure"),
        json.text("hint"),
        new RunFacts(sets, artifacts, targets, json.texts("warnings"), whole(json)));
  }

  private static Optional<Whole> whole(Fields json) throws MalformedJsonException {
    if (!json.has("whole")) {
      return Optional.empty();
    }
    Fields told = json.object("whole");
    Map<ArtifactKind, Long> bytes = new EnumMap<>(ArtifactKind.class);
    for (ArtifactKind kind : ArtifactKind.values()) {
      if (told.has(kind.name())) {
        bytes.put(kind, told.count(kind.name()));
      }
    }
    return Optional.of(new Whole(bytes));
  }
}
