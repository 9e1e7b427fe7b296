package io.holdfast.storage.json;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/**
 * JSON documents as trees of {@link Map}, {@link List}, {@link String}, {@link BigDecimal}, {@link
 * Long} and {@link Boolean}. For documents that fit into memory many times over.
 */
public final class Json {

  /** What {@code null} is read as: no value, yet a place in a list. */
  static final Object NOTHING = Optional.empty();

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /** A document's bytes: indented by two spaces, UTF-8, ending in a newline. */
  public static byte[] write(Map<String, ?> document) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(new Indented(), text)) {
      writeValue(generator, document);
    }
    // Through text, because a lone surrogate must not keep a manifest from being written.
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A document's bytes on one line, UTF-8, ending in a newline. */
  public static byte[] writeLine(Map<String, ?> document) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      writeValue(generator, document);
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a document.
   *
   * @throws MalformedJsonException when it is not one JSON object
   */
  public static Map<String, Object> read(byte[] bytes) throws MalformedJsonException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedJsonException("it is not a JSON object");
      }
      Map<String, Object> document = readObject(parser);
      if (parser.nextToken() != null) {
        throw new MalformedJsonException("something follows the JSON object");
      }
      return document;
    } catch (JacksonException e) {
      throw new MalformedJsonException(
          "it is not JSON at line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
    }
  }

  private static void writeValue(JsonGenerator to, Object value) {
    if (value instanceof Map<?, ?> object) {
      to.writeStartObject();
      object.forEach(
          (name, member) -> {
            to.writeName((String) name);
            writeValue(to, member);
          });
      to.writeEndObject();
    } else if (value instanceof List<?> list) {
      to.writeStartArray();
      list.forEach(element -> writeValue(to, element));
      to.writeEndArray();
    } else if (value instanceof Boolean flag) {
      to.writeBoolean(flag);
    } else if (value instanceof BigDecimal number) {
      to.writeNumber(number.toPlainString());
    } else if (value instanceof Long number) {
      to.writeNumber(number);
    } else {
      to.writeString((String) value);
    }
  }

  private static Map<String, Object> readObject(JsonParser from) throws MalformedJsonException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (from.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = from.currentName();
      object.put(name, readValue(from, from.nextToken()));
    }
    return object;
  }

  private static List<Object> readList(JsonParser from) throws MalformedJsonException {
    List<Object> list = new ArrayList<>();
    for (JsonToken next = from.nextToken(); next != JsonToken.END_ARRAY; next = from.nextToken()) {
      list.add(readValue(from, next));
    }
    return list;
  }

  private static Object readValue(JsonParser from, JsonToken token) throws MalformedJsonException {
    return switch (token) {
      case START_OBJECT -> readObject(from);
      case START_ARRAY -> readList(from);
      case VALUE_STRING -> from.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> from.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> NOTHING;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new MalformedJsonException("it ends too early");
    };
  }

  /** Two spaces a level and a newline that is the same everywhere. */
  private static final class Indented extends ObjectWriteContext.Base {
    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }

    @Override
    public PrettyPrinter getPrettyPrinter() {
      DefaultIndenter lines = new DefaultIndenter("  ", "\n");
      return new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                  .withObjectEmptySeparator("")
                  .withArrayEmptySeparator(""))
          .withObjectIndenter(lines)
          .withArrayIndenter(lines);
    }
  }
}
