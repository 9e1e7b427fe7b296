package io.holdfast.launcher.plugin;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.launcher.config.Surroundings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where plugins are looked for: in the installation's folder {@code plugins/}, and in the jars and
 * folders that {@code HOLDFAST_PLUGINS} names. A jar in such a folder is a plugin; a folder of jars
 * in it is one plugin with its libraries. Names that begin with a dot are passed over.
 *
 * @param installed the installation's folder, when there is an installation
 * @param named what the operator names, in this order
 */
public record PluginPlaces(Optional<Path> installed, List<Path> named) {

  /** The environment variable that names further places, with a colon between them. */
  private static final String VARIABLE = "HOLDFAST_PLUGINS";

  /** The system property by which the launcher's script tells where the installation's are. */
  private static final String PROPERTY = "holdfast.plugins";

  private static final String JAR = ".jar";

  public PluginPlaces {
    named = List.copyOf(named);
  }

  /**
   * Those of this process.
   *
   * @throws ConfigurationFailure when a name cannot be one of a file
   */
  public static PluginPlaces of(Surroundings surroundings) {
    List<Path> named = new ArrayList<>();
    for (String name : surroundings.variable(VARIABLE).orElse("").split(":", -1)) {
      if (!name.isEmpty()) {
        named.add(surroundings.workingDirectory().resolve(path(name)).normalize());
      }
    }
    return new PluginPlaces(
        Optional.ofNullable(System.getProperty(PROPERTY)).map(PluginPlaces::path), named);
  }

  /** Every plugin that lies there, each once, by name within a folder. */
  List<PluginFiles> find() {
    List<PluginFiles> found = new ArrayList<>();
    installed.filter(Files::isDirectory).ifPresent(folder -> addAll(folder, found));
    for (Path place : named) {
      if (Files.isDirectory(place)) {
        addAll(place, found);
      } else {
        found.add(jar(place));
      }
    }
    Set<List<Path>> seen = new HashSet<>();
    return found.stream().filter(files -> seen.add(realPaths(files.jars()))).toList();
  }

  private static void addAll(Path folder, List<PluginFiles> found) {
    for (Path entry : entries(folder)) {
      if (Files.isDirectory(entry)) {
        found.add(new PluginFiles(entry, jarsOf(entry)));
      } else if (isNamedJar(entry)) {
        found.add(jar(entry));
      }
    }
  }

  private static List<Path> jarsOf(Path folder) {
    List<Path> jars = entries(folder).stream().filter(PluginPlaces::isNamedJar).toList();
    if (jars.isEmpty()) {
      throw new ConfigurationFailure(
          "there is no jar in the plugin folder " + folder,
          "put the plugin's jar and its libraries right into it, or take the folder away");
    }
    jars.forEach(PluginPlaces::jar);
    return jars;
  }

  private static PluginFiles jar(Path jar) {
    if (!Files.exists(jar)) {
      if (Files.exists(jar, LinkOption.NOFOLLOW_LINKS)) {
        throw new ConfigurationFailure(
            "the storage plugin " + jar + " is a symbolic link that leads nowhere: " + target(jar),
            "correct the link, or take it away");
      }
      throw new ConfigurationFailure(
          "there is no " + jar + ", which " + VARIABLE + " names",
          "correct " + VARIABLE + ": jars and folders of jars, with ':' between them");
    }
    if (!Files.isRegularFile(jar)) {
      throw new ConfigurationFailure(
          "the storage plugin " + jar + " is neither a file nor a folder", "take it away");
    }
    return new PluginFiles(jar, List.of(jar));
  }

  private static List<Path> entries(Path folder) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      List<Path> visible = new ArrayList<>();
      for (Path entry : entries) {
        if (!entry.getFileName().toString().startsWith(".")) {
          visible.add(entry);
        }
      }
      visible.sort(null);
      return visible;
    } catch (IOException e) {
      throw JarTrouble.of("the folder of plugins " + folder, e);
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException unreadable) {
      return "it cannot be read";
    }
  }

  private static List<Path> realPaths(List<Path> jars) {
    return jars.stream().flatMap(PluginPlaces::realPath).toList();
  }

  private static Stream<Path> realPath(Path jar) {
    try {
      return Stream.of(jar.toRealPath());
    } catch (IOException e) {
      throw JarTrouble.of("the storage plugin " + jar, e);
    }
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new ConfigurationFailure(
          "no file can be named as " + VARIABLE + " says: " + e.getMessage(),
          "correct " + VARIABLE + ": jars and folders of jars, with ':' between them");
    }
  }

  private static boolean isNamedJar(Path path) {
    return path.getFileName().toString().endsWith(JAR);
  }
}
