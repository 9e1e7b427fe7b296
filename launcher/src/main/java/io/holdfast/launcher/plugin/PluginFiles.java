package io.holdfast.launcher.plugin;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a plugin lies.
 *
 * @param place the jar, or the folder of jars, as an operator knows it
 * @param jars what its classes come from
 */
record PluginFiles(Path place, List<Path> jars) {
  PluginFiles {
    jars = List.copyOf(jars);
  }
}
