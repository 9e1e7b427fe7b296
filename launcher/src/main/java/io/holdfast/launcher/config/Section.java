package io.holdfast.launcher.config;

import io.holdfast.application.port.out.store.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping of the configuration, read key by key. A key that holds something else than what is
 * asked for is a problem, and reads as absent; {@link #end} tells of keys that nobody asked for.
 */
final class Section {

  private final String path;
  private final Position position;
  private final Reading reading;
  private final Map<String, Node> entries = new LinkedHashMap<>();
  private final Map<String, Position> positions = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  Section(String path, MappingNode node, Reading reading) {
    this.path = path;
    this.reading = reading;
    this.position = Nodes.positionOf(node, reading.file());
    for (NodeTuple tuple : node.getValue()) {
      addEntry(tuple);
    }
  }

  private void addEntry(NodeTuple tuple) {
    Position at = Nodes.positionOf(tuple.getKeyNode(), reading.file());
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      reading.problems().add(at, path, "a key must be plain text");
      return;
    }
    Position first = positions.get(key.getValue());
    if (first != null) {
      String text = "stands here a second time; the first is in line " + first.line();
      reading.problems().add(at, pathOf(key.getValue()), text);
      return;
    }
    positions.put(key.getValue(), at);
    entries.put(key.getValue(), tuple.getValueNode());
  }

  String path() {
    return path;
  }

  Position position() {
    return position;
  }

  Reading reading() {
    return reading;
  }

  Set<String> keys() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /** The same mapping, read for a command that does or does not use it. */
  Optional<Section> section(String key, boolean needed) {
    return take(key)
        .flatMap(
            node -> {
              if (node instanceof MappingNode mapping) {
                return Optional.of(new Section(pathOf(key), mapping, reading.neededIf(needed)));
              }
              problem(key, "expected keys and values, found " + Nodes.describe(node));
              return Optional.empty();
            });
  }

  /** The mappings below, by the names that the operator chose, in the order of the file. */
  Map<String, Section> namedSections(Predicate<String> needed) {
    return namedSections(entries.keySet(), needed);
  }

  /** The same of some of the names alone. */
  Map<String, Section> namedSections(Set<String> names, Predicate<String> needed) {
    Map<String, Section> sections = new LinkedHashMap<>();
    for (String name : names) {
      if (Nodes.isName(name)) {
        section(name, needed.test(name)).ifPresent(section -> sections.put(name, section));
      } else {
        known.add(name);
        problem(name, "a name must be text without '/' and control characters");
      }
    }
    return sections;
  }

  /** True when there is a single value under a key. */
  boolean isScalar(String key) {
    return entries.get(key) instanceof ScalarNode;
  }

  /** A scalar as it is written. */
  Optional<Value> raw(String key) {
    return take(key).flatMap(node -> scalar(node, pathOf(key)));
  }

  /** A scalar with its references replaced. */
  Optional<Value> value(String key) {
    return raw(key).flatMap(reading::expand);
  }

  Optional<String> text(String key) {
    return value(key).map(Value::text);
  }

  /** A scalar that a parser understands. */
  <T> Optional<T> parsed(String key, String expected, Function<String, Optional<T>> parser) {
    return value(key).flatMap(value -> parse(value, expected, parser));
  }

  Optional<Integer> number(String key, int least, int most) {
    String expected = "a whole number from " + least + " to " + most;
    return parsed(
        key,
        expected,
        text ->
            text.matches("\\d{1,9}")
                ? Optional.of(Integer.parseInt(text)).filter(n -> n >= least && n <= most)
                : Optional.empty());
  }

  Optional<Boolean> flag(String key) {
    return parsed(
        key,
        "true or false",
        text ->
            text.equals("true") || text.equals("false")
                ? Optional.of(text.equals("true"))
                : Optional.empty());
  }

  Optional<SecretReference> secret(String key) {
    return raw(key).flatMap(reading::secret);
  }

  /** A secret that is fetched when it is asked for, whatever the command uses. */
  Optional<Supplier<Secret>> laterSecret(String key) {
    return raw(key)
        .flatMap(value -> reading.neededIf(false).secret(value))
        .map(secret -> secret::resolve);
  }

  /** A text that may be a secret, or hold one, fetched when it is asked for. */
  Optional<Supplier<Secret>> laterText(String key) {
    return raw(key).map(reading::later);
  }

  /** A path; a relative one begins at the configuration file's folder. */
  Optional<Path> path(String key) {
    return parsed(key, "a path", reading.references()::path);
  }

  /** Mappings in a list, in its order. */
  List<Section> sections(String key) {
    Optional<Node> node = take(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (!(node.get() instanceof SequenceNode sequence)) {
      problem(key, "expected a list, found " + Nodes.describe(node.get()));
      return List.of();
    }
    List<Section> sections = new ArrayList<>();
    int index = 0;
    for (Node item : sequence.getValue()) {
      String itemPath = pathOf(key) + "[" + index++ + "]";
      if (item instanceof MappingNode mapping) {
        sections.add(new Section(itemPath, mapping, reading));
      } else {
        Position at = Nodes.positionOf(item, reading.file());
        String found = Nodes.describe(item);
        reading.problems().add(at, itemPath, "expected keys and values, found " + found);
      }
    }
    return sections;
  }

  /** A list of texts. */
  Optional<List<String>> texts(String key) {
    return take(key)
        .flatMap(
            node -> {
              if (node instanceof SequenceNode sequence) {
                return Optional.of(textsOf(sequence, pathOf(key)));
              }
              String found = Nodes.describe(node);
              problem(key, "expected a list such as [\"name\", \"prefix*\"], found " + found);
              return Optional.empty();
            });
  }

  /**
   * Programs with their arguments, as they are written: a path alone, one list, or a list of such.
   *
   * @param example of such a list, for error messages
   */
  List<List<Value>> commandLines(String key, String example) {
    return take(key).map(node -> new CommandLines(this, key, example).of(node)).orElse(List.of());
  }

  /** The scalars of a list. */
  List<Value> valuesOf(SequenceNode sequence, String listPath) {
    List<Value> values = new ArrayList<>();
    int index = 0;
    for (Node item : sequence.getValue()) {
      scalar(item, listPath + "[" + index++ + "]").ifPresent(values::add);
    }
    return values;
  }

  private List<String> textsOf(SequenceNode sequence, String listPath) {
    List<String> texts = new ArrayList<>();
    int index = 0;
    for (Node item : sequence.getValue()) {
      scalar(item, listPath + "[" + index++ + "]")
          .flatMap(reading::expand)
          .ifPresent(value -> texts.add(value.text()));
    }
    return texts;
  }

  /** Tells of every key that nobody asked for, with the nearest that somebody did. */
  void end() {
    for (String key : entries.keySet()) {
      if (!known.contains(key)) {
        String nearest =
            NearestName.to(key, known).map(name -> "did you mean " + name + "? ").orElse("");
        problem(key, "unknown key; " + nearest + "Known here: " + String.join(", ", known));
      }
    }
  }

  /** Tells of a problem with a key, or with the section itself when the key is empty. */
  void problem(String key, String text) {
    String at = key.isEmpty() ? path : pathOf(key);
    reading.problems().add(positions.getOrDefault(key, position), at, text);
  }

  private <T> Optional<T> parse(
      Value value, String expected, Function<String, Optional<T>> parser) {
    Optional<T> parsed = parser.apply(value.text());
    if (parsed.isEmpty()) {
      reading.problem(value, "expected " + expected + ", found \"" + value.written() + "\"");
    }
    return parsed;
  }

  /** A scalar that stands somewhere below. */
  Optional<Value> scalar(Node node, String valuePath) {
    Position at = Nodes.positionOf(node, reading.file());
    if (node instanceof ScalarNode scalar && !Nodes.isNull(node)) {
      return Optional.of(new Value(scalar.getValue(), scalar.getValue(), valuePath, at));
    }
    reading.problems().add(at, valuePath, "expected a value, found " + Nodes.describe(node));
    return Optional.empty();
  }

  private Optional<Node> take(String key) {
    known.add(key);
    return Optional.ofNullable(entries.get(key));
  }

  /** Where a key stands, as people are told. */
  String pathOf(String key) {
    String shown = Nodes.isPlainKey(key) ? key : "\"" + Nodes.printable(key) + "\"";
    return path.isEmpty() ? shown : path + "." + shown;
  }
}
