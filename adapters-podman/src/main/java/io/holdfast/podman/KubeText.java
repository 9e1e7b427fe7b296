package io.holdfast.podman;

import io.holdfast.application.port.out.source.ContainerRecreation.TextFile;
import io.holdfast.application.port.out.source.ContainerRecreation.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The containers of a set as YAML for {@code podman play kube}: a pod each. */
final class KubeText {

  private static final String FILE = "containers.yaml";

  /** The options of {@code podman create} that the file says in its own words. */
  private static final Set<String> WRITTEN =
      Set.of(
          "create",
          "--pull",
          "--name",
          "--annotation",
          "--volume",
          "--read-only",
          "--publish",
          "--hostname",
          "--memory",
          "--cpus",
          "--privileged",
          "--cap-add",
          "--cap-drop",
          "--user",
          "--label",
          "--restart",
          "--workdir",
          "--entrypoint");

  private final List<Inspection> containers;

  KubeText(List<Inspection> containers) {
    this.containers = containers.stream().filter(container -> !container.infra()).toList();
  }

  Written write() {
    StringBuilder text =
        new StringBuilder(
            """
            # podman play kube FILE makes these containers. A pod's container is named after both.
            # Values that were secret come from podman secrets: one a container, named
            # NAME-secrets, a Kubernetes Secret with the variables as its keys.
            """);
    List<String> notes = new ArrayList<>();
    Set<String> volumes = new TreeSet<>();
    containers.forEach(container -> volumes.addAll(container.volumes()));
    for (String volume : volumes) {
      text.append("---\n").append(YamlText.document(claim(volume)));
    }
    for (Inspection container : containers) {
      text.append("---\n").append(YamlText.document(pod(container)));
      notes(container, volumes)
          .forEach(note -> notes.add("container " + container.name() + ": " + note));
    }
    return new Written(List.of(new TextFile(FILE, text.toString())), notes);
  }

  private static List<String> notes(Inspection container, Set<String> volumes) {
    List<String> notes = new ArrayList<>(Uncarried.of(container, volumes));
    Set<String> lacking = new TreeSet<>();
    for (String argument :
        new CreateOptions(container, JsonMapper.shared().missingNode())
            .of(Map.of(), Map.of(), "kube")) {
      String option = argument.split("=", 2)[0];
      if (argument.equals(container.image())) {
        break;
      }
      if (!WRITTEN.contains(option) && !argument.equals("--network=host")) {
        lacking.add(option);
      }
    }
    lacking.forEach(option -> notes.add("the file says nothing of " + option));
    notes.addAll(Uncarried.secrets(container));
    return notes;
  }

  private static Map<String, Object> claim(String volume) {
    Map<String, Object> claim = new LinkedHashMap<>();
    claim.put("apiVersion", "v1");
    claim.put("kind", "PersistentVolumeClaim");
    claim.put("metadata", Map.of("name", volume));
    claim.put(
        "spec",
        Map.of(
            "accessModes",
            List.of("ReadWriteOnce"),
            "resources",
            Map.of("requests", Map.of("storage", "1Gi"))));
    return claim;
  }

  private static Map<String, Object> pod(Inspection container) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", container.name() + "-pod");
    Map<String, Object> labels = new LinkedHashMap<>();
    Inspection.map(container.config().path("Labels"))
        .forEach(
            (name, value) -> {
              if (!Inspection.isRedacted(name + value)) {
                labels.put(name, value);
              }
            });
    metadata.put("labels", labels);
    Map<String, Object> spec = new LinkedHashMap<>();
    String restart = container.hostConfig().path("RestartPolicy").path("Name").asString("");
    spec.put(
        "restartPolicy",
        switch (restart) {
          case "always", "unless-stopped" -> "Always";
          case "on-failure" -> "OnFailure";
          default -> "Never";
        });
    if (container.networkMode().equals("host")) {
      spec.put("hostNetwork", true);
    }
    container.hostName().ifPresent(name -> spec.put("hostname", name));
    spec.put("containers", List.of(containerOf(container)));
    spec.put("volumes", volumes(container));
    Map<String, Object> pod = new LinkedHashMap<>();
    pod.put("apiVersion", "v1");
    pod.put("kind", "Pod");
    pod.put("metadata", metadata);
    pod.put("spec", spec);
    return pod;
  }

  private static Map<String, Object> containerOf(Inspection container) {
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("name", container.name());
    made.put("image", container.image());
    if (!container.entrypoint().isEmpty()) {
      made.put("command", container.entrypoint());
    }
    if (!container.command().isEmpty()) {
      made.put("args", container.command());
    }
    made.put("env", environment(container));
    made.put("ports", ports(container));
    String directory = container.config().path("WorkingDir").asString("");
    if (!directory.isEmpty()) {
      made.put("workingDir", directory);
    }
    made.put("volumeMounts", mounts(container));
    Map<String, Object> limits = new LinkedHashMap<>();
    long memory = container.hostConfig().path("Memory").asLong(0);
    if (memory > 0) {
      limits.put("memory", String.valueOf(memory));
    }
    long nano = container.hostConfig().path("NanoCpus").asLong(0);
    if (nano > 0) {
      limits.put("cpu", nano / 1_000_000 + "m");
    }
    if (!limits.isEmpty()) {
      made.put("resources", Map.of("limits", limits));
    }
    Map<String, Object> security = security(container);
    if (!security.isEmpty()) {
      made.put("securityContext", security);
    }
    return made;
  }

  private static Map<String, Object> security(Inspection container) {
    Map<String, Object> security = new LinkedHashMap<>();
    String[] user = container.config().path("User").asString("").split(":", -1);
    if (user[0].matches("\\d{1,9}")) {
      security.put("runAsUser", Integer.parseInt(user[0]));
    }
    if (user.length > 1 && user[1].matches("\\d{1,9}")) {
      security.put("runAsGroup", Integer.parseInt(user[1]));
    }
    if (container.hostConfig().path("Privileged").asBoolean(false)) {
      security.put("privileged", true);
    }
    if (container.hostConfig().path("ReadonlyRootfs").asBoolean(false)) {
      security.put("readOnlyRootFilesystem", true);
    }
    Map<String, Object> capabilities = new LinkedHashMap<>();
    capabilities(container.hostConfig().path("CapAdd"), "add", capabilities);
    capabilities(container.hostConfig().path("CapDrop"), "drop", capabilities);
    if (!capabilities.isEmpty()) {
      security.put("capabilities", capabilities);
    }
    return security;
  }

  private static void capabilities(JsonNode names, String how, Map<String, Object> into) {
    List<String> plain =
        Inspection.strings(names).stream().map(name -> name.replaceFirst("^CAP_", "")).toList();
    if (!plain.isEmpty()) {
      into.put(how, plain);
    }
  }

  private static List<Object> environment(Inspection container) {
    List<Object> environment = new ArrayList<>();
    container
        .environment()
        .forEach(
            (name, value) -> {
              Map<String, Object> variable = new LinkedHashMap<>();
              variable.put("name", name);
              if (Inspection.isRedacted(value)) {
                Map<String, Object> key = new LinkedHashMap<>();
                key.put("name", container.name() + "-secrets");
                key.put("key", name);
                key.put("optional", true);
                variable.put("valueFrom", Map.of("secretKeyRef", key));
              } else {
                variable.put("value", value);
              }
              environment.add(variable);
            });
    return environment;
  }

  private static List<Object> ports(Inspection container) {
    List<Object> ports = new ArrayList<>();
    container
        .hostConfig()
        .path("PortBindings")
        .properties()
        .forEach(
            port -> {
              String[] inside = port.getKey().split("/", -1);
              for (JsonNode binding : port.getValue()) {
                Map<String, Object> made = new LinkedHashMap<>();
                made.put("containerPort", Integer.parseInt(inside[0]));
                made.put("hostPort", Integer.parseInt(binding.path("HostPort").asString("0")));
                String address = binding.path("HostIp").asString("");
                if (!address.isEmpty()) {
                  made.put("hostIP", address);
                }
                made.put("protocol", inside.length > 1 && inside[1].equals("udp") ? "UDP" : "TCP");
                ports.add(made);
              }
            });
    return ports;
  }

  private static List<Object> mounts(Inspection container) {
    List<Object> mounts = new ArrayList<>();
    int index = 0;
    for (Inspection.Mount mount : container.mounts()) {
      Map<String, Object> made = new LinkedHashMap<>();
      made.put("name", "v" + index++);
      made.put("mountPath", mount.destination());
      if (mount.options().contains("ro")) {
        made.put("readOnly", true);
      }
      mounts.add(made);
    }
    return mounts;
  }

  private static List<Object> volumes(Inspection container) {
    List<Object> volumes = new ArrayList<>();
    int index = 0;
    for (Inspection.Mount mount : container.mounts()) {
      Map<String, Object> made = new LinkedHashMap<>();
      made.put("name", "v" + index++);
      if (mount.volume().isPresent()) {
        made.put("persistentVolumeClaim", Map.of("claimName", mount.volume().get()));
      } else if (!mount.source().isEmpty()) {
        made.put("hostPath", Map.of("path", mount.source()));
      } else {
        made.put("emptyDir", Map.of());
      }
      volumes.add(made);
    }
    return volumes;
  }
}
