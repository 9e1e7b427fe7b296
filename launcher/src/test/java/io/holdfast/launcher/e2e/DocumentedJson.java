package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The documents that docs/json-output.md shows, beside what a command really prints. */
final class DocumentedJson {

  private static final Path PAGE = Path.of("..", "docs", "json-output.md");
  private static final String INDENT = "    ";

  private DocumentedJson() {}

  /**
   * Fails unless both have the same keys. Where either has null or an empty list nothing is to be
   * seen of what would be below it.
   */
  static void showsTheKeysOf(JsonNode real) {
    String command = real.get("command").asString();
    Map<String, Set<String>> told = keys(example(command));
    Map<String, Set<String>> printed = keys(real);
    told.keySet().retainAll(printed.keySet());
    printed.keySet().retainAll(told.keySet());
    assertThat(told).as("the keys of `" + command + "` in " + PAGE).isEqualTo(printed);
  }

  private static JsonNode example(String command) {
    List<String> lines = new ArrayList<>();
    try {
      for (String line :
          Files.readAllLines(PAGE).stream()
              .dropWhile(line -> !line.startsWith("## `" + command))
              .skip(1)
              .takeWhile(line -> !line.startsWith("## "))
              .toList()) {
        if (line.startsWith(INDENT)) {
          lines.add(line);
        } else if (!lines.isEmpty()) {
          break;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(lines).as("a document of `" + command + "` in " + PAGE).isNotEmpty();
    return Outcome.JSON.readTree(lines.stream().collect(Collectors.joining("\n")));
  }

  /** The keys of every object, by where it is; those in a list are taken together. */
  private static Map<String, Set<String>> keys(JsonNode node) {
    Map<String, Set<String>> keys = new TreeMap<>();
    add(node, "", keys);
    return keys;
  }

  private static void add(JsonNode node, String path, Map<String, Set<String>> keys) {
    if (node.isObject()) {
      Set<String> here = keys.computeIfAbsent(path, unused -> new TreeSet<>());
      here.addAll(node.propertyNames());
      node.propertyNames().forEach(name -> add(node.get(name), path + "." + name, keys));
    } else if (node.isArray()) {
      node.forEach(each -> add(each, path + "[]", keys));
    }
  }
}
