package io.holdfast.launcher.wiring;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.launcher.config.Surroundings;
import java.nio.file.Path;
import java.util.Optional;

/** Where this host keeps what must survive a killed run. */
final class StateLocation {

  private StateLocation() {}

  /**
   * {@code $HOLDFAST_STATE}, else {@code /var/lib/holdfast} for root, else a folder of the user's
   * own as the XDG base directory specification has it.
   */
  static Path of(Surroundings surroundings) {
    Optional<Path> named = surroundings.variable("HOLDFAST_STATE").map(Path::of);
    if (named.isPresent()) {
      return surroundings.workingDirectory().resolve(named.get());
    }
    if (surroundings.userName().equals("root")) {
      return Path.of("/var/lib/holdfast");
    }
    return surroundings
        .variable("XDG_STATE_HOME")
        .or(() -> surroundings.variable("HOME").map(home -> home + "/.local/state"))
        .map(folder -> Path.of(folder, "holdfast"))
        .orElseThrow(
            () ->
                new ConfigurationFailure(
                    "there is no place for Holdfast's state: neither HOME nor XDG_STATE_HOME is set",
                    "name a folder with HOLDFAST_STATE"));
  }
}
