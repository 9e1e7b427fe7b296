package io.holdfast.podman;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * How a container was made, as the inspection in a set tells it: its secret values are left out.
 *
 * @param name its name, which redaction may have spoilt in the document
 * @param image the name of its image
 * @param document what podman told of it
 */
record Inspection(String name, String image, JsonNode document) {

  private static final String DEFAULT_NETWORK = "podman";
  private static final int SHORT_ID = 12;

  /**
   * Something that it mounts.
   *
   * @param volume the volume's name; empty for a folder of the host and for a volume without a name
   * @param source the folder of the host; empty for a volume
   * @param destination where in the container
   * @param options as {@code --volume} takes them
   */
  record Mount(Optional<String> volume, String source, String destination, List<String> options) {
    Mount {
      options = List.copyOf(options);
    }
  }

  JsonNode config() {
    return document.path("Config");
  }

  JsonNode hostConfig() {
    return document.path("HostConfig");
  }

  static boolean isRedacted(String text) {
    return text.contains(Redactor.MARK);
  }

  /** True when a text is another one, from which redaction may have taken something out. */
  static boolean tells(String told, String whole) {
    String pattern =
        Arrays.stream(told.split(Pattern.quote(Redactor.MARK), -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".+"));
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(whole).matches();
  }

  /** The same of words. */
  static boolean tells(List<String> told, List<String> whole) {
    return told.size() == whole.size()
        && IntStream.range(0, told.size()).allMatch(i -> tells(told.get(i), whole.get(i)));
  }

  boolean ran() {
    String status = document.path("State").path("Status").asString("");
    return status.equals("running") || status.equals("paused");
  }

  Optional<String> pod() {
    return Optional.of(document.path("Pod").asString("")).filter(pod -> !pod.isEmpty());
  }

  boolean infra() {
    return document.path("IsInfra").asBoolean(false);
  }

  /** Its environment, without what podman itself puts there. */
  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    String hostName = config().path("Hostname").asString("");
    for (String assignment : strings(config().path("Env"))) {
      int equals = assignment.indexOf('=');
      if (equals > 0) {
        environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
      }
    }
    environment.remove("container", "podman");
    environment.remove("TERM", "xterm");
    environment.remove("HOSTNAME", hostName);
    return environment;
  }

  List<Mount> mounts() {
    List<Mount> mounts = new ArrayList<>();
    for (JsonNode mount : document.path("Mounts")) {
      String name = mount.path("Name").asString("");
      boolean isVolume = mount.path("Type").asString("").equals("volume");
      List<String> options = new ArrayList<>();
      if (!mount.path("RW").asBoolean(true)) {
        options.add("ro");
      }
      String propagation = mount.path("Propagation").asString("");
      if (!propagation.isEmpty() && !propagation.equals("rprivate")) {
        options.add(propagation);
      }
      mounts.add(
          new Mount(
              isVolume && !isAnonymous(name) ? Optional.of(name) : Optional.empty(),
              isVolume ? "" : mount.path("Source").asString(""),
              mount.path("Destination").asString(""),
              options));
    }
    return mounts;
  }

  private static boolean isAnonymous(String volume) {
    return volume.matches("[0-9a-f]{64}");
  }

  Set<String> volumes() {
    Set<String> volumes = new TreeSet<>();
    mounts().forEach(mount -> mount.volume().ifPresent(volumes::add));
    return volumes;
  }

  /** {@code 127.0.0.1:5432:5432/tcp}, as {@code --publish} takes them. */
  List<String> published() {
    List<String> published = new ArrayList<>();
    for (Map.Entry<String, JsonNode> port : hostConfig().path("PortBindings").properties()) {
      for (JsonNode binding : port.getValue()) {
        String address = binding.path("HostIp").asString("");
        String shown = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        published.add(
            (shown.isEmpty() ? "" : shown + ":")
                + binding.path("HostPort").asString("")
                + ":"
                + port.getKey());
      }
    }
    return published;
  }

  /** Its networks with its other names on each; none where it has podman's usual one alone. */
  Map<String, List<String>> networks() {
    Map<String, List<String>> networks = new TreeMap<>();
    for (Map.Entry<String, JsonNode> network :
        document.path("NetworkSettings").path("Networks").properties()) {
      networks.put(
          network.getKey(),
          network.getKey().equals(DEFAULT_NETWORK)
              ? List.of()
              : strings(network.getValue().path("Aliases")).stream()
                  .filter(alias -> !alias.equals(shortId()) && !alias.equals(name))
                  .toList());
    }
    return networks.keySet().equals(Set.of(DEFAULT_NETWORK)) ? Map.of() : networks;
  }

  String networkMode() {
    return hostConfig().path("NetworkMode").asString("");
  }

  /** Labels but those of the image. */
  Map<String, String> labels(JsonNode imageConfig) {
    Map<String, String> labels = new LinkedHashMap<>(map(config().path("Labels")));
    map(imageConfig.path("Labels")).forEach(labels::remove);
    return labels;
  }

  /** Annotations but podman's and the image's own. */
  Map<String, String> annotations() {
    Map<String, String> annotations = new TreeMap<>(map(config().path("Annotations")));
    annotations
        .keySet()
        .removeIf(
            name ->
                name.startsWith("io.podman.")
                    || name.startsWith("io.container")
                    || name.startsWith("io.kubernetes.cri-o.")
                    || name.startsWith("org.opencontainers."));
    return annotations;
  }

  List<String> command() {
    return strings(config().path("Cmd"));
  }

  /** The program and what stands between it and the command: its whole is what runs. */
  List<String> entrypoint() {
    List<String> whole = new ArrayList<>();
    String program = document.path("Path").asString("");
    if (config().path("Entrypoint").asString("").isEmpty() || program.isEmpty()) {
      return whole;
    }
    whole.add(program);
    whole.addAll(strings(document.path("Args")));
    List<String> command = command();
    int rest = whole.size() - command.size();
    boolean endsWithCommand = rest > 0 && whole.subList(rest, whole.size()).equals(command);
    return endsWithCommand ? List.copyOf(whole.subList(0, rest)) : List.copyOf(whole);
  }

  /** Where it was given one; podman's own is the beginning of the id. */
  Optional<String> hostName() {
    String name = config().path("Hostname").asString("");
    boolean own = name.isEmpty() || name.equals(shortId()) || networkMode().equals("host");
    return own ? Optional.empty() : Optional.of(name);
  }

  Optional<String> text(JsonNode node) {
    return Optional.of(node.asString("")).filter(text -> !text.isEmpty());
  }

  /** The command that made it, where it was made by one. */
  List<String> createCommand() {
    return strings(config().path("CreateCommand"));
  }

  boolean wasCommanded() {
    return !createCommand().isEmpty();
  }

  /** The names of the options that it was made with. */
  Set<String> options() {
    Set<String> options = new TreeSet<>();
    for (String word : optionWords()) {
      if (word.startsWith("--") && word.length() > 2) {
        options.add(word.substring(2).split("=", 2)[0]);
      }
    }
    return options;
  }

  /** The value of an option that it was made with, under any of its names; the last one counts. */
  Optional<String> option(String... names) {
    List<String> words = optionWords();
    Optional<String> value = Optional.empty();
    for (int i = 0; i < words.size(); i++) {
      for (String name : names) {
        if (words.get(i).startsWith("--" + name + "=")) {
          value = Optional.of(words.get(i).substring(name.length() + 3));
        } else if (words.get(i).equals("--" + name) && i + 1 < words.size()) {
          value = Optional.of(words.get(i + 1));
        }
      }
    }
    return value;
  }

  private List<String> optionWords() {
    List<String> command = createCommand();
    int end = command.indexOf(image);
    return end < 0 ? command : command.subList(0, end);
  }

  List<String> secrets() {
    List<String> secrets = new ArrayList<>();
    config().path("Secrets").forEach(secret -> secrets.add(secret.path("Name").asString("")));
    return secrets;
  }

  private String shortId() {
    String id = document.path("Id").asString("");
    return id.length() > SHORT_ID ? id.substring(0, SHORT_ID) : id;
  }

  static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(element -> strings.add(element.asString("")));
    return strings;
  }

  static Map<String, String> map(JsonNode object) {
    Map<String, String> map = new LinkedHashMap<>();
    object.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asString("")));
    return map;
  }

  /** Shows no more than its name: its environment may hold what somebody did not call a secret. */
  @Override
  public String toString() {
    return "container " + name;
  }
}
