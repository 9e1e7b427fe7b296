package io.holdfast.storage.disk;

import io.holdfast.application.port.out.drill.FreeSpace;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Free space as the kernel tells it. */
public final class FileSystemSpace implements FreeSpace {

  @Override
  public Room of(Path folder) throws IOException {
    Path there = folder.toAbsolutePath();
    for (Path above = there.getParent(); !Files.exists(there) && above != null; ) {
      there = above;
      above = there.getParent();
    }
    FileStore store = Files.getFileStore(there);
    return new Room(
        store.name() + " " + Files.getAttribute(there, "unix:dev"), store.getUsableSpace());
  }
}
