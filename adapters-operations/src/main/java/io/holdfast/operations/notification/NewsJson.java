package io.holdfast.operations.notification;

import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunFacts.ArtifactFact;
import io.holdfast.domain.history.RunFacts.TargetFact;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** News as a webhook gets them; docs/monitoring.md documents it. */
final class NewsJson {

  /** Receivers have limits, and chats small ones. */
  private static final int MOST_ITEMS = 500;

  private static final JsonFactory FACTORY = new JsonFactory();

  private NewsJson() {}

  static byte[] of(News news) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("text", Wording.summary(news));
      json.writeStringProperty("event", news.event());
      json.writeStringProperty("id", news.id().toString());
      json.writeStringProperty("at", news.at().toString());
      json.writeStringProperty("host", news.host());
      if (news.run().isPresent()) {
        writeRun(news.run().get(), json);
      }
      writeTexts("objectivesMissed", news.missed(), json);
      json.writeEndObject();
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void writeRun(Run run, JsonGenerator json) {
    json.writeStringProperty("command", run.kind().command());
    json.writeStringProperty("run", run.id().value());
    json.writeStringProperty("started", run.started().toString());
    if (run.ending().isEmpty()) {
      return;
    }
    RunEnding end = run.ending().get();
    json.writeStringProperty("finished", end.finished().toString());
    json.writeStringProperty("outcome", end.outcome().name().toLowerCase(Locale.ROOT));
    json.writeNumberProperty("exitCode", end.exitCode());
    write("failure", end.failure(), json);
    json.writeStringProperty("hint", end.hint());
    writeTexts("sets", end.facts().sets().stream().map(Object::toString).toList(), json);
    json.writeArrayPropertyStart("artifacts");
    end.facts().artifacts().stream().limit(MOST_ITEMS).forEach(fact -> write(fact, json));
    json.writeEndArray();
    json.writeArrayPropertyStart("targets");
    end.facts().targets().stream().limit(MOST_ITEMS).forEach(fact -> write(fact, json));
    json.writeEndArray();
    writeTexts("warnings", end.facts().warnings(), json);
  }

  private static void write(ArtifactFact fact, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("name", fact.name());
    json.writeNumberProperty("storedBytes", fact.storedBytes());
    json.writeNumberProperty("sourceBytes", fact.sourceBytes());
    json.writeNumberProperty("seconds", fact.seconds());
    write("failure", fact.failure(), json);
    json.writeEndObject();
  }

  private static void write(TargetFact fact, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("name", fact.name());
    write("failure", fact.failure(), json);
    json.writeEndObject();
  }

  private static void write(String key, Optional<String> text, JsonGenerator json) {
    if (text.isPresent()) {
      json.writeStringProperty(key, text.get());
    } else {
      json.writeNullProperty(key);
    }
  }

  private static void writeTexts(String key, List<String> texts, JsonGenerator json) {
    json.writeArrayPropertyStart(key);
    texts.stream().limit(MOST_ITEMS).forEach(json::writeString);
    json.writeEndArray();
  }
}
