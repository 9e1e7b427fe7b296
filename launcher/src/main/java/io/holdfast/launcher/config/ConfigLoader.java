package io.holdfast.launcher.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads a configuration file whole, and finds everything that is wrong with it. */
public final class ConfigLoader {

  private static final int MOST_JOBS = 256;

  private final Surroundings surroundings;
  private final StorageSchemes schemes;
  private final ScheduleGrammar schedules;

  /**
   * @param surroundings what the process was started with
   * @param schemes the url schemes that storage plugins serve
   * @param schedules what a schedule may say
   */
  public ConfigLoader(
      Surroundings surroundings, StorageSchemes schemes, ScheduleGrammar schedules) {
    this.surroundings = surroundings;
    this.schemes = schemes;
    this.schedules = schedules;
  }

  /**
   * Reads a file.
   *
   * @param needs what the command uses of it
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when it cannot be read at all
   */
  public LoadedConfig load(Path file, Needs needs) {
    String shown = surroundings.workingDirectory().resolve(file).normalize().toString();
    Problems problems = new Problems();
    Optional<MappingNode> node = YamlFile.parse(YamlFile.read(file), shown, problems);
    if (node.isEmpty()) {
      return new LoadedConfig(HoldfastConfig.none(surroundings), problems);
    }
    Path folder =
        Optional.ofNullable(file.toAbsolutePath().getParent())
            .orElse(surroundings.workingDirectory());
    References references = new References(surroundings.environment(), folder);
    Reading reading = new Reading(shown, problems, references, new Problems(), true);
    Section root = new Section("", node.get(), reading);
    return new LoadedConfig(read(root, file, needs), problems);
  }

  private HoldfastConfig read(Section root, Path file, Needs needs) {
    String host = readHost(root);
    Optional<Section> postgres = root.section("postgres", needs.clusters());
    Optional<Section> volumes = root.section("volumes", needs.volumes());
    Optional<Section> storage = root.section("storage", needs.storage());
    HoldfastConfig config =
        new HoldfastConfig(
            Optional.of(file),
            host,
            postgres.map(section -> readClusters(section, needs)).orElse(List.of()),
            volumes.map(VolumesConfig::read),
            storage
                .map(section -> new StorageReader(schemes, host).read(section, needs))
                .orElse(List.of()),
            StorageReader.readQuorum(root, storage),
            root.number("jobs", 1, MOST_JOBS).orElse(surroundings.processors()),
            Lifecycle.read(root, surroundings.zone(), schedules),
            List.of());
    checkPresence(root);
    root.end();
    return config;
  }

  private static void checkPresence(Section root) {
    if (!root.keys().contains("postgres") && !root.keys().contains("volumes")) {
      root.problem(
          "", "says nothing to back up; expected postgres: with a cluster, volumes: or both");
    }
    if (!root.keys().contains("storage")) {
      root.problem(
          "storage", "missing; expected at least one target, such as " + StorageReader.EXAMPLE);
    }
  }

  private static List<ClusterConfig> readClusters(Section postgres, Needs needs) {
    List<ClusterConfig> clusters = new ArrayList<>();
    postgres
        .namedSections(name -> needs.clusters())
        .forEach((name, section) -> clusters.add(ClusterConfig.read(name, section)));
    if (postgres.keys().isEmpty()) {
      postgres.problem("", "names no cluster; expected one such as main: {host: 127.0.0.1}");
    }
    return clusters;
  }

  private String readHost(Section root) {
    return root.parsed(
            "host",
            "a name without '/' and control characters",
            text -> Nodes.isName(text) ? Optional.of(text) : Optional.empty())
        .orElse(surroundings.hostName());
  }
}
