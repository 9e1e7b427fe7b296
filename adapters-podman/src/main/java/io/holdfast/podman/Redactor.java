package io.holdfast.podman;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes secret values out of the inspection of a container: first it learns them, from assignments,
 * options, labels and annotations whose names sound secret and from the userinfo of URLs; then it
 * takes them out of every string of the document.
 */
final class Redactor {

  static final String MARK = "(redacted)";

  private static final int SHORTEST_ANYWHERE = 4;
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?:--env=|-e)?(?<name>[-A-Za-z0-9_.]+)=(?<value>.*)", Pattern.DOTALL);
  private static final Pattern OPTION = Pattern.compile("--?[A-Za-z][-A-Za-z0-9_.]*");
  private static final Pattern USERINFO =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://[^/\\s:@]*:(?<password>[^/\\s@]+)@");
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "PASS|PWD|SECRET|TOKEN|KEY|CREDENTIAL|AUTH(?!OR)|PRIVATE|SIGNATURE|COOKIE|SALT|DSN");

  /** Switches and methods, whose removal everywhere would only make the document unreadable. */
  private static final Set<String> HARMLESS =
      Set.of("true", "false", "none", "trust", "peer", "scram-sha-256", "optional", "required");

  /**
   * What a container cannot be made again without, and no secret ever stands in. A password like
   * "postgres" would be cut out of the image's name otherwise.
   */
  private static final Set<String> STRUCTURE =
      Set.of(
          "Id",
          "Image",
          "ImageName",
          "ImageDigest",
          "Name",
          "Pod",
          "Mounts",
          "Binds",
          "Networks",
          "Ports",
          "PortBindings",
          "NetworkMode");

  /** Names and places that nobody keeps a secret in, though one may be spelt like a password. */
  private static final Pattern PLAIN_ASSIGNMENT =
      Pattern.compile(
          "(POSTGRES_USER|POSTGRES_DB|PGUSER|PGDATABASE|PGDATA|PGPORT|PATH|PG_MAJOR|PG_VERSION|LANG)"
              + "=[^\\n]*");

  private final Set<String> secrets =
      new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(s -> s));

  private Redactor() {}

  /** The document without its secrets. */
  static JsonNode redact(JsonNode inspected) {
    Redactor redactor = new Redactor();
    redactor.learn(inspected);
    return redactor.clean(inspected);
  }

  static boolean soundsSecret(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return !upper.equals("PWD") && !upper.equals("OLDPWD") && SECRET_NAME.matcher(upper).find();
  }

  private void learn(JsonNode node) {
    if (node.isString()) {
      learnFromText(node.asString(""));
    } else if (node.isArray()) {
      boolean follows = false;
      for (JsonNode element : node) {
        String text = element.isString() ? element.asString("") : "";
        if (follows && !text.startsWith("-")) {
          learnValue(text);
        }
        follows = OPTION.matcher(text).matches() && soundsSecret(text);
        learn(element);
      }
    } else {
      for (Map.Entry<String, JsonNode> property : node.properties()) {
        if (property.getValue().isString() && isFreeForm(node) && soundsSecret(property.getKey())) {
          learnValue(property.getValue().asString(""));
        }
        learn(property.getValue());
      }
    }
  }

  /** Labels and annotations hold strings alone; podman's own structures do not. */
  private static boolean isFreeForm(JsonNode object) {
    return object.properties().stream().allMatch(property -> property.getValue().isString());
  }

  private void learnFromText(String text) {
    Matcher assignment = ASSIGNMENT.matcher(text);
    if (assignment.matches() && soundsSecret(assignment.group("name"))) {
      boolean namesFile =
          assignment.group("name").toUpperCase(Locale.ROOT).endsWith("_FILE")
              && assignment.group("value").startsWith("/");
      if (!namesFile) {
        learnValue(assignment.group("value"));
      }
    }
    Matcher userinfo = USERINFO.matcher(text);
    while (userinfo.find()) {
      learnValue(userinfo.group("password"));
    }
  }

  private void learnValue(String value) {
    if (!value.isEmpty() && !HARMLESS.contains(value.toLowerCase(Locale.ROOT))) {
      secrets.add(value);
    }
  }

  private JsonNode clean(JsonNode node) {
    if (node.isString()) {
      return JsonNodeFactory.instance.stringNode(cleanText(node.asString("")));
    }
    if (node.isArray()) {
      ArrayNode cleaned = JsonNodeFactory.instance.arrayNode();
      node.forEach(element -> cleaned.add(clean(element)));
      return cleaned;
    }
    if (node.isObject()) {
      ObjectNode cleaned = JsonNodeFactory.instance.objectNode();
      node.properties()
          .forEach(
              p ->
                  cleaned.set(
                      cleanText(p.getKey()),
                      STRUCTURE.contains(p.getKey()) && !isFreeForm(node)
                          ? p.getValue()
                          : clean(p.getValue())));
      return cleaned;
    }
    return node;
  }

  private String cleanText(String text) {
    if (PLAIN_ASSIGNMENT.matcher(text).matches() && !USERINFO.matcher(text).find()) {
      return text;
    }
    String cleaned = text;
    for (String secret : secrets) {
      if (secret.length() >= SHORTEST_ANYWHERE) {
        cleaned = cleaned.replace(secret, MARK);
      } else if (cleaned.equals(secret) || cleaned.endsWith("=" + secret)) {
        cleaned = cleaned.substring(0, cleaned.length() - secret.length()) + MARK;
      } else {
        cleaned = cleaned.replace(":" + secret + "@", ":" + MARK + "@");
      }
    }
    return cleaned;
  }
}
