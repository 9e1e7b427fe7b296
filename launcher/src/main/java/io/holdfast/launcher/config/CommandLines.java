package io.holdfast.launcher.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Programs with their arguments, as a key of the configuration holds them. */
final class CommandLines {

  private final Section section;
  private final String key;
  private final String expected;

  /**
   * @param example of a list of a program and its arguments, for error messages
   */
  CommandLines(Section section, String key, String example) {
    this.section = section;
    this.key = key;
    this.expected = "expected a program and its arguments as a list, such as " + example;
  }

  /** A path alone, one list, or a list of such. */
  List<List<Value>> of(Node node) {
    if (node instanceof ScalarNode) {
      return ofScalar(node);
    }
    if (!(node instanceof SequenceNode sequence)) {
      section.problem(key, expected + ", found " + Nodes.describe(node));
      return List.of();
    }
    List<Node> items = sequence.getValue();
    if (items.stream().noneMatch(SequenceNode.class::isInstance)) {
      return checked(section.valuesOf(sequence, section.pathOf(key))).stream().toList();
    }
    List<List<Value>> lines = new ArrayList<>();
    for (Node item : items) {
      String path = section.pathOf(key) + "[" + lines.size() + "]";
      List<Value> line =
          item instanceof SequenceNode arguments
              ? section.valuesOf(arguments, path)
              : section.scalar(item, path).stream().toList();
      checked(line).ifPresent(lines::add);
    }
    return lines;
  }

  private List<List<Value>> ofScalar(Node node) {
    Optional<Value> program = section.scalar(node, section.pathOf(key));
    if (program.isPresent() && program.get().text().strip().contains(" ")) {
      String shell = "; or [\"sh\", \"-c\", \"...\"] where a shell is wanted";
      section.problem(
          key, expected + shell + "; no shell takes \"" + program.get().text() + "\" apart");
      return List.of();
    }
    return checked(program.stream().toList()).stream().toList();
  }

  private Optional<List<Value>> checked(List<Value> argv) {
    if (argv.isEmpty() || argv.get(0).text().isBlank()) {
      section.problem(key, expected + "; found one without a program");
      return Optional.empty();
    }
    return Optional.of(argv);
  }
}
