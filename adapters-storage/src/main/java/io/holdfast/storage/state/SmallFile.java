package io.holdfast.storage.state;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;

/** Reads files of which Holdfast has bounded the length itself. */
final class SmallFile {

  private SmallFile() {}

  /**
   * A file's bytes. Not by a channel, which an interrupted thread would close.
   *
   * @param most how many it may have; what is beyond is left out
   */
  static byte[] read(Path file, int most) throws IOException {
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      return in.readNBytes(most);
    }
  }
}
