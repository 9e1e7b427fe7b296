package io.holdfast.launcher.config;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/** Surroundings that a test decides. */
public final class TestSurroundings {

  private TestSurroundings() {}

  public static Surroundings of(Path workingDirectory, Map<String, String> environment) {
    return new Surroundings(
        name -> Optional.ofNullable(environment.get(name)),
        workingDirectory,
        "umig",
        "root",
        workingDirectory,
        4,
        ZoneId.of("Europe/Zurich"));
  }
}
