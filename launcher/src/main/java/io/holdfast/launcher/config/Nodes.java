package io.holdfast.launcher.config;

import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Small questions about YAML nodes and keys. */
final class Nodes {

  private static final Pattern PLAIN_KEY = Pattern.compile("[\\p{L}\\p{N}_-]+");

  private Nodes() {}

  static Position positionOf(Node node, String file) {
    return new Position(file, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
  }

  static boolean isNull(Node node) {
    return Tag.NULL.equals(node.getTag());
  }

  /** What a node is, without its content: it may be a secret in the wrong place. */
  static String describe(Node node) {
    if (node instanceof MappingNode) {
      return "keys and values";
    }
    if (node instanceof SequenceNode) {
      return "a list";
    }
    return isNull(node) ? "nothing (quote it if it is meant as text)" : "a single value";
  }

  static boolean isPlainKey(String key) {
    return PLAIN_KEY.matcher(key).matches();
  }

  /** True for what can name a cluster or target: it appears in paths, keys and --only. */
  static boolean isName(String name) {
    return !name.isBlank()
        && name.indexOf('/') < 0
        && name.chars().noneMatch(Character::isISOControl);
  }

  static String printable(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
