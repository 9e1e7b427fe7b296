package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What lies about sets on their targets: pins, and what samples have found. */
class PinAndSampleIT {

  private static final int RUNS = 4;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private Podman podman;
  private Operator operator;
  private Repository second;

  @BeforeEach
  void begin() {
    podman = new Podman();
    String volume = podman.volume("app");
    Shell.bash("head -c 20000 /dev/urandom > %s/a".formatted(Podman.folder(volume)));
    operator = new Operator(folder).volumes(volume);
    second = new Repository(folder.resolve("second"));
  }

  @AfterEach
  void end() {
    podman.close();
  }

  @Test
  void a_set_is_pinned_listed_copied_with_its_pin_and_unpinned() {
    operator.holdfast("backup", "--pin", "--note", "before 9.2").ok().tells("pinned: before 9.2");
    String set = operator.repository().onlySet();
    operator.holdfast("list").ok().tells("pinned: before 9.2");
    operator.holdfast("pin", set, "--reason", "other").ok().tells("pinned already", "before 9.2");
    operator.alsoTarget("second", "file://" + second.root());
    operator.holdfast("copy", set, "--to", "second").ok();
    assertThat(pin(second, set)).hasSameTextualContentAs(pin(operator.repository(), set));

    operator.holdfast("unpin", "latest").ok().tells("unpinned on local", "unpinned on second");
    operator.holdfast("unpin", set).ok().tells("not pinned on local");
    assertThat(pin(operator.repository(), set)).doesNotExist();
    operator.holdfast("pin", "20010101_010101").exits(13).tells("20010101_010101");

    Shell.bash("rm -r %1$s; ln -s %1$s %1$s".formatted(second.root()));
    JsonNode pinned = operator.holdfast("pin", set, "--json").exits(12).json();
    assertThat(pinned.get("targets").get(0).get("outcome").asString()).isEqualTo("PINNED");
    assertThat(pinned.get("unread")).hasSize(1);
    assertThat(operator.holdfast("show", set, "--json").ok().json().get("pin").get("by").asString())
        .isNotBlank();
    operator.repository().assertWhole(set);
  }

  @Test
  void one_changed_byte_is_found_in_the_stated_number_of_samples_and_stays_told() {
    operator.holdfast("backup").ok();
    operator.holdfast("backup").ok();
    String set = operator.repository().newestSet();
    Shell.bash(
        "f=$(ls %s/volumes/*.tar.gz); printf X | dd of=\"$f\" bs=1 seek=5000 conv=notrunc status=none"
            .formatted(operator.repository().set(set)));

    int found = 0;
    for (int run = 0; run < RUNS && found == 0; run++) {
      Outcome sampled = operator.holdfast("verify", "--sample", "25%", "--json");
      found = sampled.json().get("exitCode").asInt();
      assertThat(sampled.json().get("sample").get("runs").asInt()).isEqualTo(RUNS);
    }

    assertThat(found).isEqualTo(13);
    operator.holdfast("show", set).ok().tells("DAMAGED", "a sample of", "volumes/");
    operator.holdfast("verify", "all", "--sample", "25%", "--target", "local");
    operator.holdfast("show", set).ok().tells("DAMAGED");
    operator.holdfast("verify", set, "--sample", "25%").exits(2);
    assertThat(operator.repository().root().resolve(".holdfast/readers")).doesNotExist();
  }

  private static Path pin(Repository repository, String set) {
    return repository.root().resolve(".holdfast/pins/" + set);
  }
}
