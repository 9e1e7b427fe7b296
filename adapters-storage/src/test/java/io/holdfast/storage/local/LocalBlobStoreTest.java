package io.holdfast.storage.local;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the file system of the system's temporary folder. */
class LocalBlobStoreTest extends LocalBlobStoreContract {

  @TempDir private Path folder;

  @Override
  Path root() {
    return folder.resolve("backups/holdfast");
  }
}
