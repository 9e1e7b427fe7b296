package io.holdfast.storage.local;

import io.holdfast.storage.disk.Folders;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that is being written and nobody sees.
 *
 * @param path where it is
 * @param madeFolders the folders that were made for it, the innermost first
 */
record TemporaryFile(Path path, List<Path> madeFolders) {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** Makes an empty one, and the folders that it needs. */
  static TemporaryFile create(RepositoryFolder folder) throws IOException {
    List<Path> made = new ArrayList<>();
    for (int attempt = 1; ; attempt++) {
      String name = Long.toHexString(ThreadLocalRandom.current().nextLong());
      try {
        made.addAll(Folders.make(folder.temporary()));
        Path path = Files.createFile(folder.temporary().resolve(name), OWNER_ONLY);
        Collections.reverse(made);
        return new TemporaryFile(path, List.copyOf(made));
      } catch (NoSuchFileException | FileAlreadyExistsException again) {
        // Another writer removed the empty folder, or has this name.
        if (attempt == Publisher.ATTEMPTS) {
          throw again;
        }
      }
    }
  }

  /** Removes it, and the folders that were made for it where nothing else is in them. */
  void abandon() throws IOException {
    Files.deleteIfExists(path);
    Path parent = path.getParent();
    if (parent != null && Folders.removeIfEmpty(parent)) {
      Path control = parent.getParent();
      if (control != null) {
        Folders.removeIfEmpty(control);
      }
    }
    for (Path made : madeFolders) {
      Folders.removeIfEmpty(made);
    }
  }
}
