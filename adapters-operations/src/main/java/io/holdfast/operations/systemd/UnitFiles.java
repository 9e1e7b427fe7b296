package io.holdfast.operations.systemd;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.schedule.TimerUnits.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The unit files of one folder that Holdfast has made; all others are left alone. */
final class UnitFiles {

  private static final int LONGEST = 64 * 1024;

  private final Path folder;

  UnitFiles(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** The names of those that are Holdfast's own. */
  Set<String> own() {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, UnitNames.GLOB)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (text(name).filter(UnitTexts::isOwn).isPresent()) {
          names.add(name);
        }
      }
    } catch (NoSuchFileException nothingWasEverInstalled) {
      return names;
    } catch (DirectoryIteratorException | IOException e) {
      throw failure("read", folder, e);
    }
    return names;
  }

  boolean exists(String name) {
    return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** True when a file is there and says this, to the letter. */
  boolean says(Unit unit) {
    return text(unit.name()).filter(unit.text()::equals).isPresent();
  }

  /**
   * Returns when a file may be written.
   *
   * @throws ConfigurationFailure when somebody else has made it
   */
  void claim(Unit unit) {
    if (!exists(unit.name())) {
      return;
    }
    Path file = folder.resolve(unit.name());
    String there = text(unit.name()).orElse("");
    if (!UnitTexts.isOwn(there)) {
      throw new ConfigurationFailure(
          "the file " + file + " is in the way: Holdfast has not made it; nothing was changed",
          "remove or rename it, then install again");
    }
    if (!UnitTexts.configurationOf(there).equals(UnitTexts.configurationOf(unit.text()))) {
      throw new ConfigurationFailure(
          "the unit "
              + file
              + " keeps the schedule of another configuration, "
              + UnitTexts.configurationOf(there).orElse("of unknown name")
              + "; nothing was changed",
          "`holdfast schedule remove` first, or let `holdfast schedule run` keep one of them");
    }
  }

  void write(Unit unit) {
    Path file = folder.resolve(unit.name());
    try {
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, ".holdfast-", ".new");
      try {
        Files.writeString(draft, unit.text(), StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw failure("write", file, e);
    }
  }

  void remove(String name) {
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (IOException e) {
      throw failure("remove", folder.resolve(name), e);
    }
  }

  private Optional<String> text(String name) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure("read", file, e);
    }
  }

  private static StorageFailure failure(String what, Path path, Exception cause) {
    return new StorageFailure(
        FailureKind.STORAGE,
        "cannot " + what + " " + path + ": " + cause,
        "run it as root, or with --user for timers of your own",
        cause);
  }
}
