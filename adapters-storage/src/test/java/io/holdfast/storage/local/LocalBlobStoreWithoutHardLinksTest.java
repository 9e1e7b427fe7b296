package io.holdfast.storage.local;

import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.Settings;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract where link(2) fails as on exFAT: publication is a rename under a guard. */
class LocalBlobStoreWithoutHardLinksTest extends LocalBlobStoreContract {

  @TempDir private Path folder;

  @Override
  Path root() {
    return folder.resolve("holdfast");
  }

  @Override
  protected BlobStoreProvider provider() {
    return new WithoutHardLinks(super.provider());
  }

  private record WithoutHardLinks(BlobStoreProvider real) implements BlobStoreProvider {
    @Override
    public String scheme() {
      return real.scheme();
    }

    @Override
    public BlobStore open(Settings settings) {
      try (BlobStore checked = real.open(settings)) {
        return new LocalBlobStore(
            Path.of(checked.location()),
            (newName, existing) -> {
              throw new FileSystemException(
                  newName.toString(), existing.toString(), "Operation not permitted");
            });
      }
    }
  }
}
