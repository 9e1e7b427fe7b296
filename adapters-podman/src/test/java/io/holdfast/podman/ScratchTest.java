package io.holdfast.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.podman.testing.RecordedCommands;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScratchTest {

  private static final Intent.Scratch DRILL =
      new Intent.Scratch("d1", List.of("own-c", "other-c"), List.of("own-v", "other-v"), List.of());

  private final RecordedCommands commands = new RecordedCommands();

  @Test
  void what_has_a_name_of_the_drill_and_not_its_label_stays_and_is_told() {
    containers("d1", "d2");
    volumes("d1", "");

    assertThatThrownBy(
            () -> new Scratch(new PodmanHost(commands)).remove(DRILL, new Cancellation()))
        .isInstanceOf(SourceFailure.class)
        .hasMessage(
            "Not removed, for it has a name of drill d1 and not its label io.holdfast.drill:"
                + " container other-c, volume other-v.");

    assertThat(removals())
        .containsExactly(
            "podman rm --force --volumes --ignore --time=0 own-c",
            "podman volume rm --force own-v");
  }

  @Test
  void all_that_bears_its_label_is_removed_and_what_is_not_listed_too() {
    commands.answer("podman ps", "");
    volumes("d1", "d1");

    new Scratch(new PodmanHost(commands)).remove(DRILL, new Cancellation());

    assertThat(removals()).hasSize(4);
  }

  private List<String> removals() {
    return commands.ran().stream().filter(line -> line.contains(" rm ")).toList();
  }

  private void containers(String ofOwn, String ofOther) {
    commands.answer("podman ps", "1\n2\n");
    commands.answer(
        "podman container inspect 1 2",
        "[" + container("own-c", ofOwn) + "," + container("other-c", ofOther) + "]");
    commands.answer("podman rm", "");
  }

  private static String container(String name, String drill) {
    return "{\"Name\":\""
        + name
        + "\",\"Config\":{\"Labels\":{\"io.holdfast.drill\":\""
        + drill
        + "\"}}}";
  }

  private void volumes(String ofOwn, String ofOther) {
    commands.answer("podman rm", "");
    commands.answer(
        "podman volume ls", "[" + volume("own-v", ofOwn) + "," + volume("other-v", ofOther) + "]");
    commands.answer("podman volume rm", "");
  }

  private static String volume(String name, String drill) {
    String label = drill.isEmpty() ? "" : "\"io.holdfast.drill\":\"" + drill + "\"";
    return "{\"Name\":\"" + name + "\",\"Labels\":{" + label + "}}";
  }
}
