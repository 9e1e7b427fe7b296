package io.holdfast.launcher.config;

import io.holdfast.application.port.out.drill.DrillAssertion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How sets are drilled.
 *
 * @param images the image that a cluster's scratch server is made from, by the cluster's name
 * @param folder where private servers have their data and all have their sockets
 * @param assertions the operator's own checks, in their order
 */
public record DrillConfig(
    Map<String, String> images, Path folder, List<DrillAssertion> assertions) {

  private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(5);
  private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9]\\S*");
  private static final String EXAMPLE = "[\"/usr/local/bin/look\", \"--all\"]";

  public DrillConfig {
    images = Map.copyOf(images);
    assertions = List.copyOf(assertions);
  }

  /** What holds where nothing is said. */
  public static DrillConfig usual() {
    return new DrillConfig(Map.of(), Path.of("/var/tmp"), List.of());
  }

  /**
   * @param clusters the configured clusters
   */
  static DrillConfig read(Section section, Set<String> clusters) {
    DrillConfig drill =
        new DrillConfig(
            section
                .section("image", true)
                .map(images -> readImages(images, clusters))
                .orElse(Map.of()),
            section.path("folder").orElse(usual().folder()),
            section.sections("assertions").stream()
                .flatMap(assertion -> readAssertion(assertion, clusters).stream())
                .toList());
    section.end();
    return drill;
  }

  private static Map<String, String> readImages(Section section, Set<String> clusters) {
    Map<String, String> images = new LinkedHashMap<>();
    for (String cluster : section.keys()) {
      demandCluster(cluster, clusters, cluster, section);
      section
          .parsed(
              cluster,
              "an image such as docker.io/library/postgres:15",
              text -> Optional.of(text).filter(image -> IMAGE.matcher(image).matches()))
          .ifPresent(image -> images.put(cluster, image));
    }
    return images;
  }

  private static Optional<DrillAssertion> readAssertion(Section section, Set<String> clusters) {
    Optional<String> name = section.text("name");
    Optional<Path> sql = section.path("sql");
    Optional<String> database = section.text("database");
    List<List<Value>> programs = section.commandLines("command", EXAMPLE);
    Optional<String> cluster = section.text("cluster");
    Optional<Duration> timeout =
        section.parsed("timeout", DurationText.EXPECTED, DrillConfig::duration);
    section.end();
    if (name.isEmpty()) {
      section.problem("", "has no name; expected name: with a word for reports");
      return Optional.empty();
    }
    boolean ofSql = section.keys().contains("sql");
    if (ofSql == section.keys().contains("command")) {
      section.problem("", "expected either sql: with a file or command: with a program");
      return Optional.empty();
    }
    if (ofSql && timeout.isPresent()) {
      section.problem("timeout", "goes with command: alone");
    }
    if (!ofSql && database.isPresent()) {
      section.problem("database", "goes with sql: alone; a command gets cluster:");
    }
    if (programs.size() > 1) {
      section.problem("command", "names several programs; make an assertion of each");
    }
    cluster.ifPresent(known -> demandCluster(known, clusters, "cluster", section));
    if (!ofSql) {
      return programs.stream()
          .findFirst()
          .filter(argv -> argv.stream().allMatch(word -> HooksReader.isPlain(word, section)))
          .map(argv -> argv.stream().map(Value::text).toList())
          .map(
              argv ->
                  new DrillAssertion.Program(
                      name.get(), argv, cluster, timeout.orElse(USUAL_TIMEOUT)));
    }
    if (database.isEmpty()) {
      section.problem("", "says no database; expected database: such as main/app");
      return Optional.empty();
    }
    return sql.map(file -> sql(name.get(), file, database.get(), cluster, clusters));
  }

  /** {@code main/app}, or {@code app} where there is one cluster or the cluster stands apart. */
  private static DrillAssertion sql(
      String name, Path file, String database, Optional<String> cluster, Set<String> clusters) {
    int slash = database.indexOf('/');
    boolean qualified = slash > 0 && clusters.contains(database.substring(0, slash));
    return qualified
        ? new DrillAssertion.Sql(
            name, file, Optional.of(database.substring(0, slash)), database.substring(slash + 1))
        : new DrillAssertion.Sql(name, file, cluster, database);
  }

  private static void demandCluster(
      String named, Set<String> clusters, String key, Section section) {
    if (!clusters.contains(named)) {
      List<String> known = new ArrayList<>(clusters);
      section.problem(
          key,
          "there is no cluster "
              + named
              + " under postgres:"
              + (known.isEmpty() ? "" : "; configured are " + String.join(", ", known)));
    }
  }

  private static Optional<Duration> duration(String text) {
    return DurationText.parse(text).filter(duration -> !duration.isZero());
  }
}
