package io.holdfast.podman;

import io.holdfast.application.port.out.store.Secret;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The arguments of {@code podman create} that make a container again as its inspection tells. What
 * the image says itself is left to it.
 */
final class CreateOptions {

  private static final long USUAL_SHM = 65_536_000;
  private static final int USUAL_PIDS = 2048;
  private static final int USUAL_STOP_SECONDS = 10;
  private static final int USUAL_STOP_SIGNAL = 15;
  private static final double NANO = 1e9;

  private final Inspection inspection;
  private final JsonNode image;
  private final List<String> arguments = new ArrayList<>();

  /**
   * @param image the {@code Config} of the image's inspection
   */
  CreateOptions(Inspection inspection, JsonNode image) {
    this.inspection = inspection;
    this.image = image;
  }

  /**
   * The arguments without the environment and the name: options, image, command.
   *
   * @param environment the variables: those that are secret travel by name alone
   */
  List<String> of(Map<String, String> environment, Map<String, Secret> secrets, String mark) {
    arguments.addAll(List.of("create", "--pull=never", "--name=" + inspection.name()));
    arguments.add("--annotation=" + CreationUndo.MARK + "=" + mark);
    environment.forEach((name, value) -> arguments.add("--env=" + name + "=" + value));
    secrets.keySet().stream().sorted().forEach(name -> arguments.add("--env=" + name));
    places();
    networking();
    limits();
    rights();
    running();
    arguments.add(inspection.image());
    command();
    return List.copyOf(arguments);
  }

  /** The variables that are told and are not the image's own. */
  Map<String, String> plainEnvironment() {
    Map<String, String> plain = new TreeMap<>(inspection.environment());
    plain.values().removeIf(Inspection::isRedacted);
    for (String assignment : Inspection.strings(image.path("Env"))) {
      int equals = assignment.indexOf('=');
      if (equals > 0) {
        plain.remove(assignment.substring(0, equals), assignment.substring(equals + 1));
      }
    }
    return plain;
  }

  private void places() {
    for (Inspection.Mount mount : inspection.mounts()) {
      String source = mount.volume().orElse(mount.source());
      String options = String.join(",", mount.options());
      arguments.add(
          "--volume="
              + (source.isEmpty() ? "" : source + ":")
              + mount.destination()
              + (options.isEmpty() || source.isEmpty() ? "" : ":" + options));
    }
    boolean readOnly = inspection.hostConfig().path("ReadonlyRootfs").asBoolean(false);
    Inspection.map(inspection.hostConfig().path("Tmpfs"))
        .forEach(
            (path, options) -> {
              boolean usual = readOnly && List.of("/run", "/tmp", "/var/tmp").contains(path);
              if (!usual) {
                arguments.add("--tmpfs=" + path + ":" + options.replace(",tmpcopyup", ""));
              }
            });
    flag("--read-only", readOnly);
    inspection
        .hostConfig()
        .path("Devices")
        .forEach(
            device ->
                arguments.add(
                    "--device="
                        + device.path("PathOnHost").asString("")
                        + ":"
                        + device.path("PathInContainer").asString("")));
    inspection.secrets().forEach(secret -> arguments.add("--secret=" + secret));
  }

  private void networking() {
    Map<String, List<String>> networks = inspection.networks();
    networks.forEach(
        (network, aliases) -> {
          StringBuilder option = new StringBuilder("--network=").append(network);
          String separator = ":";
          for (String alias : aliases) {
            option.append(separator).append("alias=").append(alias);
            separator = ",";
          }
          arguments.add(option.toString());
        });
    inspection.published().forEach(port -> arguments.add("--publish=" + port));
    inspection.hostName().ifPresent(name -> arguments.add("--hostname=" + name));
    JsonNode host = inspection.hostConfig();
    each("--dns", host.path("Dns"));
    each("--dns-option", host.path("DnsOptions"));
    each("--dns-search", host.path("DnsSearch"));
    each("--add-host", host.path("ExtraHosts"));
  }

  private void limits() {
    JsonNode host = inspection.hostConfig();
    long memory = host.path("Memory").asLong(0);
    long swap = host.path("MemorySwap").asLong(0);
    number("--memory", memory, 0);
    number("--memory-swap", swap, memory * 2);
    number("--memory-reservation", host.path("MemoryReservation").asLong(0), 0);
    if (host.path("NanoCpus").asLong(0) > 0) {
      arguments.add("--cpus=" + host.path("NanoCpus").asLong(0) / NANO);
    }
    number("--cpu-shares", host.path("CpuShares").asLong(0), 0);
    inspection
        .text(host.path("CpusetCpus"))
        .ifPresent(cpus -> arguments.add("--cpuset-cpus=" + cpus));
    number("--pids-limit", host.path("PidsLimit").asLong(0), USUAL_PIDS);
    number("--shm-size", host.path("ShmSize").asLong(0), USUAL_SHM);
    number("--oom-score-adj", host.path("OomScoreAdj").asLong(0), 0);
  }

  private void rights() {
    JsonNode host = inspection.hostConfig();
    flag("--privileged", host.path("Privileged").asBoolean(false));
    if (!host.path("Privileged").asBoolean(false)) {
      each("--cap-add", host.path("CapAdd"));
      each("--cap-drop", host.path("CapDrop"));
    }
    each("--security-opt", host.path("SecurityOpt"));
    each("--group-add", host.path("GroupAdd"));
    String user = inspection.config().path("User").asString("");
    if (!user.isEmpty() && !user.equals(image.path("User").asString(""))) {
      arguments.add("--user=" + user);
    }
    arguments.addAll(new Namespaces(inspection).arguments());
  }

  private void running() {
    JsonNode config = inspection.config();
    inspection
        .labels(image)
        .forEach(
            (name, value) -> {
              if (!Inspection.isRedacted(name + value)) {
                arguments.add("--label=" + name + "=" + value);
              }
            });
    inspection
        .annotations()
        .forEach(
            (name, value) -> {
              if (!Inspection.isRedacted(name + value) && !name.equals(CreationUndo.MARK)) {
                arguments.add("--annotation=" + name + "=" + value);
              }
            });
    String directory = config.path("WorkingDir").asString("");
    if (!directory.isEmpty() && !directory.equals(image.path("WorkingDir").asString("/"))) {
      arguments.add("--workdir=" + directory);
    }
    JsonNode restart = inspection.hostConfig().path("RestartPolicy");
    String policy = restart.path("Name").asString("");
    if (!policy.isEmpty() && !policy.equals("no")) {
      long most = restart.path("MaximumRetryCount").asLong(0);
      arguments.add("--restart=" + policy + (most > 0 ? ":" + most : ""));
    }
    flag("--rm", inspection.hostConfig().path("AutoRemove").asBoolean(false));
    flag("--tty", config.path("Tty").asBoolean(false));
    flag("--interactive", config.path("OpenStdin").asBoolean(false));
    boolean init =
        Inspection.map(config.path("Annotations"))
            .getOrDefault("io.podman.annotations.init", "FALSE")
            .equals("TRUE");
    flag("--init", init);
    long signal = config.path("StopSignal").asLong(0);
    if (signal > 0
        && signal != USUAL_STOP_SIGNAL
        && image.path("StopSignal").asString("").isEmpty()) {
      arguments.add("--stop-signal=" + signal);
    }
    number("--stop-timeout", config.path("StopTimeout").asLong(0), USUAL_STOP_SECONDS);
    health(config.path("Healthcheck"));
  }

  private void health(JsonNode check) {
    List<String> test = Inspection.strings(check.path("Test"));
    if (test.isEmpty() || isImages(check)) {
      return;
    }
    String kind = test.get(0);
    if (kind.equals("CMD-SHELL") && test.size() == 2) {
      arguments.add("--health-cmd=" + test.get(1));
    } else if (kind.equals("CMD")) {
      arguments.add("--health-cmd=" + json(test));
    } else {
      arguments.add("--no-healthcheck");
      return;
    }
    duration("--health-interval", check.path("Interval"));
    duration("--health-timeout", check.path("Timeout"));
    duration("--health-start-period", check.path("StartPeriod"));
    number("--health-retries", check.path("Retries").asLong(0), 0);
  }

  /** Where redaction took a word out of it, the image knows the whole. */
  private boolean isImages(JsonNode check) {
    JsonNode ofImage = image.path("Healthcheck");
    List<String> test = Inspection.strings(ofImage.path("Test"));
    return check.isObject()
        && Inspection.tells(Inspection.strings(check.path("Test")), test)
        && ((ObjectNode) check.deepCopy()).set("Test", ofImage.path("Test")).equals(ofImage);
  }

  /** What of it holds a secret, so that it cannot be made: options by name, and the command. */
  static List<String> holdingSecrets(Inspection inspection, JsonNode image) {
    List<String> arguments =
        new CreateOptions(inspection, image).of(Map.of(), Map.of(), CreationUndo.MARK);
    int command = arguments.indexOf(inspection.image()) + 1;
    Set<String> holding = new LinkedHashSet<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (Inspection.isRedacted(arguments.get(i))) {
        holding.add(i < command ? "option " + arguments.get(i).split("=", 2)[0] : "command");
      }
    }
    return List.copyOf(holding);
  }

  private void command() {
    List<String> command = inspection.command();
    List<String> ofImage = Inspection.strings(image.path("Cmd"));
    List<String> entrypoint = inspection.entrypoint();
    boolean otherEntry =
        !entrypoint.isEmpty()
            && !Inspection.tells(entrypoint, Inspection.strings(image.path("Entrypoint")));
    if (otherEntry) {
      arguments.add(arguments.indexOf(inspection.image()), "--entrypoint=" + json(entrypoint));
    }
    if (otherEntry || !Inspection.tells(command, ofImage)) {
      arguments.addAll(command);
    }
  }

  private static String json(List<String> words) {
    var array = JsonNodeFactory.instance.arrayNode();
    words.forEach(array::add);
    return array.toString();
  }

  private void each(String option, JsonNode values) {
    Inspection.strings(values).forEach(value -> arguments.add(option + "=" + value));
  }

  private void number(String option, long value, long usual) {
    if (value > 0 && value != usual) {
      arguments.add(option + "=" + value);
    }
  }

  private void duration(String option, JsonNode nanoseconds) {
    if (nanoseconds.asLong(0) > 0) {
      arguments.add(option + "=" + nanoseconds.asLong(0) + "ns");
    }
  }

  private void flag(String option, boolean on) {
    if (on) {
      arguments.add(option);
    }
  }
}
