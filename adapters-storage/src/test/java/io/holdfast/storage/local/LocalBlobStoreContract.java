package io.holdfast.storage.local;

import io.holdfast.application.port.out.store.BlobStoreContract;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The contract on a folder, wherever that lies. */
abstract class LocalBlobStoreContract extends BlobStoreContract {

  /** A folder that is not there yet; the same within one test. */
  abstract Path root();

  @Override
  protected BlobStoreProvider provider() {
    return new LocalBlobStoreProvider();
  }

  @Override
  protected Settings settings() {
    return new Settings("local", root().toUri(), Map.of(), Map.of());
  }

  @Override
  protected Set<String> contents() throws IOException {
    Set<String> names = new TreeSet<>();
    if (Files.exists(root())) {
      try (Stream<Path> all = Files.walk(root())) {
        // What a commit keeps for the next one is nobody's leftover.
        all.filter(each -> !each.equals(root()) && !isEmptyWorkshop(each))
            .forEach(each -> names.add(root().relativize(each).toString()));
      }
    }
    return names;
  }

  private boolean isEmptyWorkshop(Path each) {
    return each.equals(root().resolve(".holdfast"))
        || each.equals(root().resolve(".holdfast/tmp"))
        || each.equals(root().resolve(".holdfast/tmp/publish.lock"));
  }
}
