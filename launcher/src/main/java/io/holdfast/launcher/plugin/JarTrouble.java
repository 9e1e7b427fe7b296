package io.holdfast.launcher.plugin;

import io.holdfast.application.port.failure.ConfigurationFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;

/** Says why a plugin's file cannot be read. */
final class JarTrouble {

  private JarTrouble() {}

  static ConfigurationFailure of(String subject, IOException e) {
    String why = Optional.ofNullable(e.getMessage()).orElse(e.toString());
    if (e instanceof AccessDeniedException
        || why.toLowerCase(Locale.ROOT).contains("permission denied")) {
      return new ConfigurationFailure(
          subject + " cannot be read: permission denied",
          "give user " + System.getProperty("user.name") + " the right to read it",
          e);
    }
    if (e instanceof ZipException) {
      return new ConfigurationFailure(
          subject + " is no jar, or a damaged one: " + why, "fetch it again, or take it away", e);
    }
    return new ConfigurationFailure(subject + " cannot be read: " + why, "look at the file", e);
  }
}
