package io.holdfast.storage.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** The contract on a file system in memory, whose listings come in another order than a disk's. */
@EnabledIf(value = "tmpfsIsThere", disabledReason = "/dev/shm is not a folder to write to")
class LocalBlobStoreOnTmpfsTest extends LocalBlobStoreContract {

  private static final Path TMPFS = Path.of("/dev/shm");

  @TempDir(factory = InMemory.class)
  private Path folder;

  static boolean tmpfsIsThere() {
    return Files.isWritable(TMPFS);
  }

  @Override
  Path root() {
    return folder.resolve("holdfast");
  }

  static final class InMemory implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
        throws IOException {
      return Files.createTempDirectory(TMPFS, "holdfast-test");
    }
  }
}
