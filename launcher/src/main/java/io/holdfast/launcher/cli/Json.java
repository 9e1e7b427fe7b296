package io.holdfast.launcher.cli;

import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * The documents of {@code --json}: every key is always there, in one order; what is not known is
 * null; numbers are exact, times ISO-8601 in UTC, durations seconds.
 */
final class Json {

  private static final double NANOS = 1e9;

  private Json() {}

  /** An object that keeps the order of its keys. */
  static Fields object() {
    return new Fields();
  }

  /** The text of a document, with a newline at its end. */
  static String render(Fields document) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(new Indented(), text)) {
      write(generator, document);
    }
    return text.append('\n').toString();
  }

  /** The text of a document on one line, without a newline at its end. */
  static String line(Fields document) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator =
        new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      write(generator, document);
    }
    return text.toString();
  }

  private static void write(JsonGenerator generator, @Nullable Object value) {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof Fields fields) {
      generator.writeStartObject();
      fields.values.forEach(
          (key, field) -> {
            generator.writeName(key);
            write(generator, field);
          });
      generator.writeEndObject();
    } else if (value instanceof Collection<?> items) {
      generator.writeStartArray();
      items.forEach(item -> write(generator, item));
      generator.writeEndArray();
    } else if (value instanceof Long number) {
      generator.writeNumber(number);
    } else if (value instanceof Integer number) {
      generator.writeNumber(number);
    } else if (value instanceof Double number) {
      generator.writeNumber(number);
    } else if (value instanceof Boolean truth) {
      generator.writeBoolean(truth);
    } else {
      generator.writeString(value.toString());
    }
  }

  /** The fields of an object. */
  static final class Fields {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    Fields put(String key, String value) {
      values.put(key, value);
      return this;
    }

    Fields put(String key, long value) {
      values.put(key, value);
      return this;
    }

    Fields put(String key, boolean value) {
      values.put(key, value);
      return this;
    }

    Fields put(String key, Instant value) {
      values.put(key, value);
      return this;
    }

    Fields put(String key, Duration value) {
      values.put(key, value.toNanos() / NANOS);
      return this;
    }

    Fields put(String key, Fields value) {
      values.put(key, value);
      return this;
    }

    Fields put(String key, Collection<?> value) {
      values.put(key, value);
      return this;
    }

    /** A value of any of the types above; null when there is none. */
    Fields put(String key, Optional<?> value) {
      values.put(key, value.orElse(null));
      return this;
    }

    /** Texts by their names, in alphabetical order. */
    Fields put(String key, Map<String, String> value) {
      Fields fields = new Fields();
      value.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
      return put(key, fields);
    }
  }

  /** Two blanks a level, each item of a list on its own line. */
  private static final class Indented extends ObjectWriteContext.Base {

    @Override
    public PrettyPrinter getPrettyPrinter() {
      return new DefaultPrettyPrinter()
          .withArrayIndenter(new DefaultIndenter("  ", "\n"))
          .withObjectIndenter(new DefaultIndenter("  ", "\n"));
    }

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }
  }
}
