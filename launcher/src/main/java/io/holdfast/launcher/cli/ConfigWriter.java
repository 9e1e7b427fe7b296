package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.ConfigurationFailure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Writes a new configuration file that only its owner can read. */
final class ConfigWriter {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private ConfigWriter() {}

  /**
   * Writes it whole or not at all.
   *
   * @param replace true to replace a file that exists
   * @throws ConfigurationFailure when one exists, or it cannot be written
   */
  static void write(Path file, String text, boolean replace) {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    try {
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, ".holdfast-", ".yaml", OWNER_ONLY);
      try {
        Files.writeString(draft, text);
        publish(draft, file, replace);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (FileAlreadyExistsException e) {
      throw new ConfigurationFailure(
          "the file " + file + " exists already; it was not touched",
          "--force replaces it, --print shows the new one, --config FILE writes another");
    } catch (IOException e) {
      throw new ConfigurationFailure(
          "the file " + file + " cannot be written: " + e,
          "give the right to write there, or name another place with --config FILE",
          e);
    }
  }

  private static void publish(Path draft, Path file, boolean replace) throws IOException {
    if (replace) {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.createLink(file, draft);
    }
  }
}
