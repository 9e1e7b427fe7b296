package io.holdfast.storage.json;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The fields of a JSON object, read with their types. Fields that nobody asks for are passed over;
 * one that is {@code null} counts as missing. Errors name the field by its way from the document's
 * root: {@code artifacts[2].sha256}.
 */
public final class Fields {

  private final String way;
  private final Map<?, ?> values;

  private Fields(String way, Map<?, ?> values) {
    this.way = way;
    this.values = values;
  }

  /** The fields of a document. */
  public static Fields of(Map<String, Object> document) {
    return new Fields("", document);
  }

  /** True when there is a value. */
  public boolean has(String name) {
    return find(name).isPresent();
  }

  /** A text that must be there. */
  public String text(String name) throws MalformedJsonException {
    return typed(name, require(name), String.class, "a text");
  }

  /** A text. */
  public Optional<String> optionalText(String name) throws MalformedJsonException {
    Optional<Object> value = find(name);
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(typed(name, value.get(), String.class, "a text"));
  }

  /** A text that a function turns into something, throwing {@link IllegalArgumentException}. */
  public <T> T parsed(String name, Function<String, T> parser, String expected)
      throws MalformedJsonException {
    String text = text(name);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw wrong(name, "is not " + expected + ": " + text);
    }
  }

  /** A moment, ISO-8601 in UTC. */
  public Instant instant(String name) throws MalformedJsonException {
    return parsed(name, Instant::parse, "a time like 2025-10-06T02:00:00Z");
  }

  /** A whole number, zero or more. */
  public long count(String name) throws MalformedJsonException {
    BigDecimal number = decimal(name);
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      throw wrong(name, "is not a whole number of 64 bits: " + number);
    }
  }

  /** A number, zero or more. */
  public BigDecimal decimal(String name) throws MalformedJsonException {
    BigDecimal number = typed(name, require(name), BigDecimal.class, "a number");
    if (number.signum() < 0) {
      throw wrong(name, "is below zero: " + number);
    }
    return number;
  }

  /** True or false. */
  public boolean flag(String name) throws MalformedJsonException {
    return typed(name, require(name), Boolean.class, "true or false");
  }

  /** An object that must be there. */
  public Fields object(String name) throws MalformedJsonException {
    return new Fields(way(name) + ".", typed(name, require(name), Map.class, "an object"));
  }

  /** A list of objects that must be there. */
  public List<Fields> objects(String name) throws MalformedJsonException {
    List<?> list = typed(name, require(name), List.class, "a list");
    List<Fields> objects = new ArrayList<>();
    for (Object element : list) {
      String place = name + "[" + objects.size() + "]";
      Map<?, ?> object = typed(place, element, Map.class, "an object");
      objects.add(new Fields(way(place) + ".", object));
    }
    return objects;
  }

  /** A list of texts; empty when there is none. */
  public List<String> texts(String name) throws MalformedJsonException {
    List<?> list = typed(name, find(name).orElse(List.of()), List.class, "a list");
    List<String> texts = new ArrayList<>();
    for (Object element : list) {
      texts.add(typed(name + "[" + texts.size() + "]", element, String.class, "a text"));
    }
    return texts;
  }

  /** An object whose fields are texts; empty when there is none. */
  public Map<String, String> textsByName(String name) throws MalformedJsonException {
    Map<?, ?> object = typed(name, find(name).orElse(Map.of()), Map.class, "an object");
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : object.entrySet()) {
      String key = String.valueOf(entry.getKey());
      texts.put(key, typed(name + "." + key, entry.getValue(), String.class, "a text"));
    }
    return texts;
  }

  /** The error for a field. */
  public MalformedJsonException wrong(String name, String problem) {
    return new MalformedJsonException("field " + way(name) + " " + problem);
  }

  private Optional<Object> find(String name) {
    return Optional.<Object>ofNullable(values.get(name)).filter(value -> value != Json.NOTHING);
  }

  private Object require(String name) throws MalformedJsonException {
    Optional<Object> value = find(name);
    if (value.isEmpty()) {
      throw wrong(name, "is missing");
    }
    return value.get();
  }

  private <T> T typed(String name, Object value, Class<T> type, String expected)
      throws MalformedJsonException {
    if (!type.isInstance(value)) {
      throw wrong(name, "is not " + expected);
    }
    return type.cast(value);
  }

  private String way(String name) {
    return way + name;
  }
}
