package io.holdfast.application.port.out.drill;

import java.io.IOException;
import java.nio.file.Path;

/** Tells how much room there is on this host's file systems. */
public interface FreeSpace {

  /** The room where a folder is, or will be. */
  Room of(Path folder) throws IOException;

  /**
   * A file system.
   *
   * @param fileSystem what tells it from others
   * @param available free bytes for this user
   */
  record Room(String fileSystem, long available) {}
}
