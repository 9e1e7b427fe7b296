package io.holdfast.operations.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Replaces a file so that a reader sees the old one or the new one, whole. */
final class AtomicFile {

  private AtomicFile() {}

  /**
   * Replaces it. Nobody else must do so at the same time.
   *
   * @param mode who may read it: {@code rw-r--r--}
   */
  static void replace(Path file, String mode, Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("it is no file");
    }
    // node_exporter reads *.prom alone: what is half written has another ending. One name, so that
    // what a kill leaves is cleared by the next run.
    Path temporary = folder.resolve("." + file.getFileName() + ".tmp");
    Files.deleteIfExists(temporary);
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        OutputStream out = Channels.newOutputStream(channel);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(mode));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** What is written. */
  interface Content {

    void writeTo(OutputStream out) throws IOException;
  }
}
