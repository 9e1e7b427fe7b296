package io.holdfast.podman;

import io.holdfast.application.port.out.source.ContainerRecreation.TextFile;
import io.holdfast.application.port.out.source.ContainerRecreation.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/**
 * The containers of a set as Quadlet units (podman-systemd.unit(5)): a {@code .container} each, and
 * a {@code .volume} for each volume. What Quadlet has no key for is given to podman as it is.
 */
final class QuadletText {

  private final List<Inspection> containers;

  QuadletText(List<Inspection> containers) {
    this.containers = containers.stream().filter(container -> !container.infra()).toList();
  }

  Written write() {
    List<TextFile> files = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Set<String> volumes = new TreeSet<>();
    containers.forEach(container -> volumes.addAll(container.volumes()));
    for (String volume : volumes) {
      files.add(new TextFile(volume + ".volume", "[Volume]\nVolumeName=" + escaped(volume) + "\n"));
    }
    for (Inspection container : containers) {
      files.add(new TextFile(container.name() + ".container", unit(container)));
      notes(container, volumes)
          .forEach(note -> notes.add("container " + container.name() + ": " + note));
    }
    return new Written(files, notes);
  }

  private static List<String> notes(Inspection container, Set<String> volumes) {
    List<String> notes = new ArrayList<>(Uncarried.of(container, volumes));
    container
        .networks()
        .keySet()
        .forEach(name -> notes.add("network " + name + " must be there: podman network create"));
    notes.addAll(Uncarried.secrets(container));
    return notes;
  }

  private static String unit(Inspection container) {
    StringBuilder unit = new StringBuilder("[Unit]\nDescription=Container ");
    unit.append(escaped(container.name())).append("\n\n[Container]\n");
    line(unit, "ContainerName", container.name());
    line(unit, "Image", container.image());
    boolean secrets = false;
    for (Map.Entry<String, String> variable : container.environment().entrySet()) {
      if (Inspection.isRedacted(variable.getValue())) {
        secrets = true;
        unit.append("# the value of ")
            .append(variable.getKey())
            .append(" was secret: write it into the EnvironmentFile\n");
      } else {
        unit.append("Environment=")
            .append(word(variable.getKey() + "=" + variable.getValue()))
            .append('\n');
      }
    }
    if (secrets) {
      unit.append("EnvironmentFile=%h/.config/containers/")
          .append(escaped(container.name()))
          .append(".env\n");
    }
    List<String> arguments =
        new CreateOptions(container, JsonMapper.shared().missingNode())
            .of(Map.of(), Map.of(), "quadlet");
    int image = arguments.indexOf(container.image());
    for (String argument : arguments.subList(0, Math.max(image, 0))) {
      option(unit, argument);
    }
    List<String> command = container.command();
    if (!command.isEmpty()) {
      unit.append("Exec=");
      unit.append(String.join(" ", command.stream().map(QuadletText::word).toList())).append('\n');
    }
    unit.append("\n[Service]\nRestart=")
        .append(
            switch (container.hostConfig().path("RestartPolicy").path("Name").asString("")) {
              case "always", "unless-stopped" -> "always";
              case "on-failure" -> "on-failure";
              default -> "no";
            })
        .append("\n\n[Install]\nWantedBy=default.target\n");
    return unit.toString();
  }

  private static void option(StringBuilder unit, String argument) {
    String option = argument.split("=", 2)[0];
    String value = argument.contains("=") ? argument.substring(option.length() + 1) : "";
    switch (option) {
      case "create", "--pull", "--name", "--env", "--restart", "--rm" -> {
        return;
      }
      case "--volume" -> line(unit, "Volume", value);
      case "--publish" -> line(unit, "PublishPort", value);
      case "--network" -> line(unit, "Network", value);
      case "--label" -> unit.append("Label=").append(word(value)).append('\n');
      default -> {
        if (!argument.startsWith("--annotation=" + CreationUndo.MARK)) {
          unit.append("PodmanArgs=").append(word(argument)).append('\n');
        }
      }
    }
  }

  private static void line(StringBuilder unit, String key, String value) {
    unit.append(key).append('=').append(escaped(value)).append('\n');
  }

  /** A percent sign stands for itself, and no value goes on in the next line. */
  private static String escaped(String value) {
    return value.replace("%", "%%").replace("\n", "\\n");
  }

  private static String word(String value) {
    return '"'
        + value
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("%", "%%")
            .replace("$", "$$")
            .replace("\n", "\\n")
        + '"';
  }
}
