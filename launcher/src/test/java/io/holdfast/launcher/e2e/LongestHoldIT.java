package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A hold that takes longer than it may ends, and the set that came of it is suspect. */
class LongestHoldIT {

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  private final Podman podman = new Podman();

  @AfterEach
  void end() {
    podman.close();
  }

  @Test
  void the_container_goes_on_and_the_set_says_so() {
    String volume = podman.volume("large");
    Shell.bash("head -c 250000000 /dev/urandom > %s/big".formatted(Podman.folder(volume)));
    String app = podman.app("app", volume);
    Operator operator =
        new Operator(folder)
            .volumes(volume)
            .volumeSetting("pause: [" + app + "]")
            .volumeSetting("max-hold: 1s");

    JsonNode told = operator.holdfast("backup", "--json").exits(3).json();

    assertThat(told.get("manifest").get("status").asString()).isEqualTo("COMPLETE");
    assertThat(told.get("doubts")).hasSize(1);
    assertThat(told.get("doubts").get(0).asString()).contains(app, "max-hold", "volume " + volume);
    assertThat(told.get("warnings").toString()).contains("max-hold");
    String id = operator.repository().onlySet();
    operator.repository().assertWhole(id);
    JsonNode cut = operator.repository().manifest(id).get("cut");
    assertThat(cut.get("holdSeconds").asDouble()).isGreaterThanOrEqualTo(1);
    assertThat(cut.get("skewSeconds").asDouble()).isGreaterThan(cut.get("holdSeconds").asDouble());
    assertThat(cut.get("remarks").toString()).contains("max-hold");
    assertThat(Podman.state(app)).isEqualTo("running");
    assertThat(Podman.events(app)).containsSubsequence(List.of("pause", "unpause"));
    operator.holdfast("show", id).ok().tells("Held " + app + " for", "max-hold");
  }
}
