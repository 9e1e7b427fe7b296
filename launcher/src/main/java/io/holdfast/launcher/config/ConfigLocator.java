package io.holdfast.launcher.config;

import io.holdfast.application.port.failure.ConfigurationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the configuration file where the operator may have put it. */
public final class ConfigLocator {

  /** The file's name in each folder that is searched. */
  public static final String FILE_NAME = "holdfast.yaml";

  private final Surroundings surroundings;

  public ConfigLocator(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * The file: the one that is named by option or {@code $HOLDFAST_CONFIG}, else the first that
   * exists; empty when none does.
   *
   * @param option the value of {@code --config}
   */
  public Optional<Path> find(Optional<Path> option) {
    Optional<Path> named = option.or(() -> surroundings.variable("HOLDFAST_CONFIG").map(Path::of));
    if (named.isPresent()) {
      return named.map(surroundings.workingDirectory()::resolve);
    }
    return searched().stream().filter(Files::exists).findFirst();
  }

  /** What to tell an operator when there is none. */
  public ConfigurationFailure notFound() {
    StringBuilder text = new StringBuilder("there is no configuration file; looked for:");
    for (Path path : searched()) {
      text.append('\n').append(path);
    }
    return new ConfigurationFailure(
        text.toString(),
        "write one with `holdfast init`, or name one with --config FILE or $HOLDFAST_CONFIG");
  }

  private List<Path> searched() {
    List<Path> paths = new ArrayList<>();
    paths.add(surroundings.workingDirectory().resolve(FILE_NAME));
    surroundings
        .variable("XDG_CONFIG_HOME")
        .or(() -> surroundings.variable("HOME").map(home -> home + "/.config"))
        .ifPresent(folder -> paths.add(Path.of(folder, "holdfast", FILE_NAME)));
    paths.add(Path.of("/etc/holdfast", FILE_NAME));
    return paths;
  }
}
