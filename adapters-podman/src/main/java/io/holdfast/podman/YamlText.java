package io.holdfast.podman;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes YAML that people can read: blocks for structure, every scalar quoted as JSON has it. */
final class YamlText {

  private static final int STEP = 2;

  private final StringBuilder text = new StringBuilder();

  static String document(Map<String, ?> root) {
    YamlText yaml = new YamlText();
    yaml.mapping(root, 0);
    return yaml.text.toString();
  }

  private void mapping(Map<?, ?> mapping, int indent) {
    mapping.forEach(
        (key, value) -> {
          indent(indent);
          entry(key, value, indent);
        });
  }

  private void entry(Object key, Object value, int indent) {
    String name = String.valueOf(key);
    text.append(name.matches("[A-Za-z][A-Za-z0-9]*") ? name : quoted(name)).append(':');
    if (value instanceof Map<?, ?> nested && !nested.isEmpty()) {
      text.append('\n');
      mapping(nested, indent + STEP);
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      text.append('\n');
      list.forEach(element -> element(element, indent));
    } else {
      text.append(' ').append(scalar(value)).append('\n');
    }
  }

  private void element(Object element, int indent) {
    indent(indent);
    text.append("- ");
    if (element instanceof Map<?, ?> nested && !nested.isEmpty()) {
      boolean first = true;
      for (Map.Entry<?, ?> entry : nested.entrySet()) {
        if (!first) {
          indent(indent + STEP);
        }
        first = false;
        entry(entry.getKey(), entry.getValue(), indent + STEP);
      }
      return;
    }
    text.append(scalar(element)).append('\n');
  }

  private static String scalar(Object value) {
    if (value instanceof Map<?, ?>) {
      return "{}";
    }
    if (value instanceof List<?>) {
      return "[]";
    }
    return value instanceof Number || value instanceof Boolean
        ? String.valueOf(value)
        : quoted(String.valueOf(value));
  }

  private static String quoted(String value) {
    return JsonNodeFactory.instance.stringNode(value).toString();
  }

  private void indent(int count) {
    text.append(" ".repeat(count));
  }
}
