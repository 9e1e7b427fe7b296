package io.holdfast.launcher.config;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the process was started with, as far as the configuration depends on it.
 *
 * @param environment an environment variable by its name; empty when it is not set
 * @param workingDirectory where relative paths of the command line begin
 * @param hostName the host's own name
 * @param userName the user that runs Holdfast
 * @param accountFolder that user's home by the system's account, which ssh goes by, not {@code
 *     HOME}
 * @param processors how many processors there are
 * @param zone the time zone of its clock
 */
public record Surroundings(
    Function<String, Optional<String>> environment,
    Path workingDirectory,
    String hostName,
    String userName,
    Path accountFolder,
    int processors,
    ZoneId zone) {

  /** An environment variable that is set and not empty. */
  public Optional<String> variable(String name) {
    return environment.apply(name).filter(value -> !value.isEmpty());
  }
}
