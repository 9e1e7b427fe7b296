package io.holdfast.storage.state;

import io.holdfast.storage.disk.Folders;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Replaces a file at once: whoever reads it sees the old text or the new one, whole. */
final class ReplacedFile {

  /** What the name of a file ends in that is being written. */
  static final String UNFINISHED = ".new";

  private ReplacedFile() {}

  /** Writes beside the name, syncs, renames. Each file has one writer at a time. */
  static void write(Path file, byte[] bytes) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    Files.deleteIfExists(unfinished);
    Files.createFile(unfinished, StateFolder.FILE_MODE);
    try {
      // Not a channel: an interrupted thread must be able to write how its run ended.
      try (FileOutputStream out = new FileOutputStream(unfinished.toFile())) {
        out.write(bytes);
        out.getFD().sync();
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
    Folders.sync(Objects.requireNonNull(file.toAbsolutePath().getParent()));
  }
}
