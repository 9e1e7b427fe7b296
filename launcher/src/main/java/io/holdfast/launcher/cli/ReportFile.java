package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.UsageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a report into a file that its owner alone can read: it names what a host holds. Whoever
 * opens it meanwhile sees the old one or the new one, whole.
 */
final class ReportFile {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private ReportFile() {}

  /**
   * Looks whether it can be written, before the work is done.
   *
   * @throws UsageFailure when something else than a file is there, or no folder
   */
  static void check(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageFailure(
          "--html " + file + " is no plain file", "Name a file that is there, or a new one.");
    }
    if (!Files.isDirectory(folderOf(file))) {
      throw new UsageFailure(
          "the folder of --html " + file + " is not there", "Make it, or name another place.");
    }
  }

  /**
   * Writes it whole or not at all.
   *
   * @throws UsageFailure when it cannot be written
   */
  static void write(Path file, String text) {
    check(file);
    try {
      Path draft = Files.createTempFile(folderOf(file), ".holdfast-report-", ".new", OWNER_ONLY);
      try {
        Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static UsageFailure unwritable(Path file, IOException e) {
    return new UsageFailure(
        "--html " + file + " cannot be written: " + e,
        "Give this user the right to write there, or name another place.");
  }

  private static Path folderOf(Path file) {
    Path absolute = file.toAbsolutePath();
    return Optional.ofNullable(absolute.getParent()).orElse(absolute);
  }
}
