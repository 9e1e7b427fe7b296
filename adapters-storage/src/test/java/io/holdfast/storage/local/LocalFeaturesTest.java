package io.holdfast.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a folder says of itself is what was seen of it. */
class LocalFeaturesTest {

  @TempDir private Path folder;

  @Test
  void before_the_first_commit_nobody_knows_of_hard_links() throws Exception {
    String type = Files.getFileStore(folder).type();
    try (BlobStore store = new LocalBlobStore(folder.resolve("not/there"))) {
      assertThat(store.features())
          .hasSize(2)
          .anyMatch(feature -> feature.contains(type))
          .contains("exclusive by hard links where it has them, else by a lock of this host");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void after_a_commit_it_says_by_what_that_was_exclusive() {
    assertThat(afterACommit(new LocalBlobStore(folder))).contains("exclusive by hard links");
  }

  @Test
  void where_links_fail_it_says_that_only_this_host_is_kept_off() {
    LocalBlobStore without =
        new LocalBlobStore(
            folder,
            (newName, existing) -> {
              throw new FileSystemException(newName.toString(), null, "Operation not permitted");
            });

    assertThat(afterACommit(without))
        .contains("no hard links: exclusive among this host's processes alone");
  }

  @ParameterizedTest
  @CsvSource({
    "ext4, ext4: synced before a commit returns",
    "tmpfs, in memory (tmpfs): gone when the host restarts",
    "nfs4, nfs4: as durable as what serves it",
    "'', unknown file system",
  })
  void a_file_system_is_told_for_what_it_is(String type, String told) {
    assertThat(new FileSystem(type).describe()).isEqualTo(told);
  }

  private static List<String> afterACommit(LocalBlobStore store) {
    try (store;
        BlobWriter writer = store.create(new BlobKey("a"))) {
      writer.commit();
      return store.features();
    }
  }
}
