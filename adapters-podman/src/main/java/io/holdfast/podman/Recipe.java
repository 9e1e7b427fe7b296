package io.holdfast.podman;

import io.holdfast.application.port.out.source.ContainerRecreation.Secrets;
import io.holdfast.application.port.out.store.Secret;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * All that makes one container.
 *
 * @param inspection how it was made
 * @param cluster the cluster that it serves
 * @param image the {@code Config} of its image; missing where the host has no such image
 * @param secrets the values of the variables that the set does not hold
 * @param unknown the variables that nobody knows
 * @param invented true when the superuser's password is ours
 */
record Recipe(
    Inspection inspection,
    Optional<String> cluster,
    JsonNode image,
    Map<String, Secret> secrets,
    List<String> unknown,
    boolean invented) {

  static final String PASSWORD = "POSTGRES_PASSWORD";
  private static final String PASSWORD_FILE = "POSTGRES_PASSWORD_FILE";
  private static final int PASSWORD_LENGTH = 32;
  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

  Recipe {
    secrets = Map.copyOf(secrets);
    unknown = List.copyOf(unknown);
  }

  static Recipe of(
      Inspection inspection, Optional<String> cluster, JsonNode image, Secrets secrets) {
    Map<String, Secret> values = new TreeMap<>();
    List<String> unknown = new ArrayList<>();
    boolean invented = false;
    Map<String, String> environment = inspection.environment();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey();
      if (!Inspection.isRedacted(variable.getValue()) || isImages(name, variable, image)) {
        continue;
      }
      boolean own = cluster.isPresent() && name.equals(PASSWORD);
      Optional<Secret> value = secrets.of(inspection.name(), name, !own);
      if (value.isPresent()) {
        values.put(name, value.get());
      } else if (own) {
        values.put(name, random());
        invented = true;
      } else {
        unknown.add(name);
      }
    }
    if (cluster.isPresent() && !environment.containsKey(PASSWORD)) {
      boolean fromFile = environment.containsKey(PASSWORD_FILE);
      Optional<Secret> value = secrets.of(inspection.name(), PASSWORD, fromFile);
      value.ifPresent(known -> values.put(PASSWORD, known));
      if (value.isEmpty() && fromFile) {
        unknown.add(PASSWORD);
      }
    }
    return new Recipe(inspection, cluster, image, values, unknown, invented);
  }

  /** Where redaction took a word out of a value that is the image's own, the image knows it. */
  private static boolean isImages(String name, Map.Entry<String, String> variable, JsonNode image) {
    String told = variable.getValue();
    for (String assignment : Inspection.strings(image.path("Env"))) {
      if (assignment.startsWith(name + "=")) {
        return Inspection.tells(told, assignment.substring(name.length() + 1));
      }
    }
    return false;
  }

  /** What goes into its environment: a password that comes from a file stays there. */
  Map<String, Secret> secretEnvironment() {
    Map<String, Secret> environment = new TreeMap<>(secrets);
    if (inspection.environment().containsKey(PASSWORD_FILE)) {
      environment.remove(PASSWORD);
    }
    return environment;
  }

  Map<String, String> environment() {
    return new CreateOptions(inspection, image).plainEnvironment();
  }

  String user() {
    return inspection.environment().getOrDefault("POSTGRES_USER", "postgres");
  }

  private static Secret random() {
    SecureRandom random = new SecureRandom();
    char[] letters = new char[PASSWORD_LENGTH];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = LETTERS.charAt(random.nextInt(LETTERS.length()));
    }
    return Secret.of(letters);
  }

  /** Shows no more than its name. */
  @Override
  public String toString() {
    return inspection.toString();
  }
}
