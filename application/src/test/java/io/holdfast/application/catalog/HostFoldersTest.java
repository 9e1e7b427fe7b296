package io.holdfast.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.store.InMemoryBlobStore;
import io.holdfast.application.testing.TestHost;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostFoldersTest {

  private static final String SET = "20251006_020000/checksums.sha256";

  private final InMemoryBlobStore store = new InMemoryBlobStore();

  private Map<String, SetShelf> shelves(String before, String after, String... keys) {
    for (String key : keys) {
      TestHost.put(store, key, "x");
    }
    return new HostFolders(store, before, after).shelves();
  }

  @Test
  void each_folder_is_a_host() {
    Map<String, SetShelf> shelves =
        shelves("", "", "a/" + SET, "b 1/README.md", "b 1/.holdfast/locks/repository", "c/x.txt");
    assertThat(shelves).containsOnlyKeys("a", "b 1");
    assertThat(shelves.getOrDefault("a", new SetShelf()).newestFirst())
        .singleElement()
        .satisfies(
            set -> {
              assertThat(set.id()).isEqualTo(TestHost.ID);
              assertThat(set.isPublished()).isTrue();
              assertThat(set.bytes()).isEqualTo(1);
            });
    assertThat(shelves.getOrDefault("a", new SetShelf()).lockSign()).isEmpty();
    assertThat(shelves.getOrDefault("b 1", new SetShelf()).lockSign()).isPresent();
  }

  @Test
  void a_name_may_stand_between_other_text_and_above_another_folder() {
    assertThat(
            shelves(
                "pre-",
                "-x/backups",
                "pre-a-x/backups/" + SET,
                "pre--x/backups/" + SET,
                "pre-b-x/other/" + SET,
                "pre-c/backups/" + SET,
                "pre-d-x/backups",
                "e-x/backups/" + SET))
        .containsOnlyKeys("a");
  }

  @Test
  void the_folder_of_one_host_is_a_target_of_its_own() {
    TestHost.put(store, "a/backups/" + SET, "sum");
    Target configured = new Target("cloud", new InMemoryBlobStore(), false);
    Target folder = new HostFolders(store, "", "/backups").of("a", configured);
    assertThat(folder.name()).isEqualTo("cloud");
    assertThat(folder.required()).isFalse();
    assertThat(folder.store().location()).isEqualTo("a/backups in memory");
    assertThat(TestHost.text(folder.store(), SET)).isEqualTo("sum");
    assertThat(TestHost.keys(folder.store())).containsExactly(SET);
  }
}
