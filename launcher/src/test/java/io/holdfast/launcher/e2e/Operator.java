package io.holdfast.launcher.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody with a holdfast.yaml, a target, and the launcher on the command line. Sets are pruned
 * where a test says so alone: many make several on one day, of which a rule keeps the newest.
 */
final class Operator {

  private final Path folder;
  private final StringBuilder clusters = new StringBuilder();
  private final StringBuilder volumes = new StringBuilder();
  private final StringBuilder settings = new StringBuilder();
  private final StringBuilder moreTargets = new StringBuilder();
  private Path target;
  private Path launcher = Needs.launcher();
  private final Map<String, String> environment = new TreeMap<>();
  private boolean localTarget = true;
  private String hooks = "";

  /** What is started here ends in a second, long before the JVM's second compiler would pay. */
  private String javaOptions = "-XX:TieredStopAtLevel=1";

  Operator(Path folder) {
    this.folder = folder;
    this.target = folder.resolve("target");
    try {
      Files.createDirectories(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a cluster whose password lies in a file; further settings as lines of YAML. */
  Operator cluster(String name, Cluster cluster, String... lines) {
    return cluster(name, cluster.port(), cluster.password(), lines);
  }

  Operator cluster(String name, int port, String password, String... lines) {
    Path secret = folder.resolve("password-" + name);
    write(secret, password + "\n");
    clusters.append("  ").append(name).append(":\n");
    Stream.concat(
            Stream.of(
                "host: 127.0.0.1",
                "port: " + port,
                "user: " + Cluster.ADMIN,
                "password: ${file:" + secret + "}"),
            Stream.of(lines))
        .forEach(line -> clusters.append("    ").append(line).append('\n'));
    return this;
  }

  /** The volumes to back up; none unless they are named here. */
  Operator volumes(String... globs) {
    volumes.setLength(0);
    volumes.append(
        Stream.of(globs)
            .map(glob -> '"' + glob + '"')
            .collect(Collectors.joining(", ", "  include: [", "]\n")));
    return this;
  }

  /** A further line below {@code volumes}. */
  Operator volumeSetting(String line) {
    volumes.append("  ").append(line).append('\n');
    return this;
  }

  /** A further line of the configuration. */
  Operator setting(String line) {
    settings.append(line).append('\n');
    return this;
  }

  /** The programs around the runs of a command, in place of those before; as lines of YAML. */
  Operator hooks(String command, String... lines) {
    hooks = "hooks:\n  " + command + ":\n    " + String.join("\n    ", lines) + "\n";
    return this;
  }

  Operator target(Path other) {
    target = other;
    return this;
  }

  /** Adds another target after the first; further settings as entries of YAML. */
  Operator alsoTarget(String name, String url, String... settings) {
    moreTargets.append("  ").append(name).append(": {url: \"").append(url).append('"');
    Stream.of(settings).forEach(setting -> moreTargets.append(", ").append(setting));
    moreTargets.append("}\n");
    return this;
  }

  /** Forgets every target, that on the local folder too; others are added afterwards. */
  Operator withoutTargets() {
    localTarget = false;
    moreTargets.setLength(0);
    return this;
  }

  /** A variable of the launcher's environment. */
  Operator environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** A further line below {@code storage}. */
  Operator storageSetting(String line) {
    moreTargets.append("  ").append(line).append('\n');
    return this;
  }

  /** Options for its JVM, in place of those that make short runs cheap. */
  Operator javaOptions(String options) {
    javaOptions = options;
    return this;
  }

  Operator launcher(Path other) {
    launcher = other;
    return this;
  }

  Path config() {
    return folder.resolve("holdfast.yaml");
  }

  Path folder() {
    return folder;
  }

  Repository repository() {
    return new Repository(target);
  }

  /** Where this host's Holdfast keeps what it must not forget. */
  Path state() {
    return folder.resolve("state");
  }

  Outcome holdfast(String... arguments) {
    return shell().run(command(arguments));
  }

  /** Starts it as the leader of a process group. */
  Running start(String... arguments) {
    return shell().ownGroup().start(command(arguments));
  }

  /** The launcher's environment: nothing of the tests' own, an odd time zone, no locale. */
  Shell shell() {
    Shell shell =
        new Shell()
            .in(folder)
            .with("HOLDFAST_STATE", state().toString())
            .with("TZ", "Pacific/Chatham");
    environment.forEach(shell::with);
    return shell.with("HOLDFAST_JAVA_OPTS", javaOptions);
  }

  List<String> command(String... arguments) {
    write(config(), yaml());
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of("--config", config().toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private String yaml() {
    String postgres = clusters.length() == 0 ? "" : "postgres:\n" + clusters;
    String none = volumes.length() == 0 ? "  include: []\n" : "";
    return "host: hf-e2e-host\n"
        + postgres
        + "volumes:\n"
        + none
        + volumes
        + "storage:\n"
        + (localTarget ? "  local: {url: \"file://" + target + "\"}\n" : "")
        + moreTargets
        + hooks
        + (settings.indexOf("prune:") < 0 ? "prune: manual\n" : "")
        + settings;
  }

  static void write(Path file, String text) {
    try {
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
