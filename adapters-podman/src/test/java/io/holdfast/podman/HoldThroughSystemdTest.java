package io.holdfast.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.command.Endpoint;
import io.holdfast.application.port.out.recovery.Intent.HoldContainers;
import io.holdfast.application.port.out.source.Hold;
import io.holdfast.podman.testing.MemoryJournal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What systemd stops with the unit of a held container comes back with it. */
class HoldThroughSystemdTest {

  private final Systemd systemd = new Systemd();
  private final MemoryJournal journal = new MemoryJournal();
  private final Cancellation cancellation = new Cancellation();
  private final PodmanHost host = new PodmanHost(systemd);
  private final PodmanHold hold = new PodmanHold(host, journal, HoldBy.STOP);

  @Test
  void units_that_go_down_with_the_container_are_written_down_and_started_again_in_order() {
    systemd.unit("wiki.service", "RequiredBy=proxy.service", "ConsistsOf=index.service");
    systemd.unit("index.service", "BoundBy=proxy.service mail.service");
    systemd.unit("proxy.service", "WantedBy=default.target");
    systemd.unit("mail.service");
    systemd.unit("default.target");

    Hold.Held held = hold.hold("wiki", cancellation);

    assertThat(journal.open())
        .singleElement()
        .isInstanceOfSatisfying(
            HoldContainers.class,
            intent ->
                assertThat(intent.dependents())
                    .startsWith("index.service")
                    .containsExactlyInAnyOrder("index.service", "proxy.service", "mail.service"));
    assertThat(systemd.active).containsExactly("default.target");
    held.close();

    assertThat(systemd.active)
        .containsExactlyInAnyOrder(
            "wiki.service", "proxy.service", "index.service", "mail.service", "default.target");
    assertThat(systemd.calls.subList(0, 2))
        .containsExactly("stop wiki.service", "start wiki.service");
    assertThat(systemd.calls.get(2)).isEqualTo("start index.service");
    assertThat(journal.open()).isEmpty();
  }

  @Test
  void a_unit_that_was_not_active_stays_so_and_what_is_behind_it_is_found() {
    systemd.unit("wiki.service", "RequiredBy=asleep.service");
    systemd.unit("asleep.service", "RequisiteOf=wiki.service", "PropagatesStopTo=proxy.service");
    systemd.unit("proxy.service");
    systemd.active.remove("asleep.service");

    hold.hold("wiki", cancellation).close();

    assertThat(systemd.active).containsExactlyInAnyOrder("wiki.service", "proxy.service");
    assertThat(systemd.calls).doesNotContain("start asleep.service");
  }

  @Test
  void a_unit_that_came_back_by_itself_is_left_alone() {
    systemd.unit("wiki.service", "BoundBy=proxy.service");
    systemd.unit("proxy.service");
    Hold.Held held = hold.hold("wiki", cancellation);
    systemd.active.add("proxy.service");

    held.close();

    assertThat(systemd.calls).containsExactly("stop wiki.service", "start wiki.service");
  }

  @Test
  void after_a_kill_the_others_are_started_although_the_container_runs_already() {
    systemd.unit("wiki.service", "BoundBy=proxy.service");
    systemd.unit("proxy.service");
    systemd.active.remove("proxy.service");
    HoldContainers intent =
        new HoldContainers(
            List.of("wiki"),
            HoldContainers.How.STOPPED,
            Map.of("wiki", "wiki.service"),
            List.of("proxy.service"));

    assertThat(new HoldUndo(host).undo(intent, cancellation))
        .isEqualTo("container wiki was running; unit proxy.service was started again");
  }

  @Test
  void a_unit_that_does_not_come_back_is_named_with_all_that_is_to_be_started() {
    systemd.unit("wiki.service", "BoundBy=proxy.service");
    systemd.unit("proxy.service");
    Hold.Held held = hold.hold("wiki", cancellation);
    systemd.broken.add("proxy.service");

    assertThatThrownBy(held::close)
        .isInstanceOfSatisfying(
            SourceFailure.class,
            failure ->
                assertThat(failure.hint()).contains("systemctl start wiki.service proxy.service"))
        .hasMessageContaining("start proxy.service failed");
    assertThat(systemd.active).containsExactly("wiki.service");
    assertThat(journal.open()).hasSize(1);
  }

  /** A systemd that hands stops on; the container wiki runs as long as its unit is active. */
  private static final class Systemd implements CommandRunner {

    private static final Set<String> HANDED_ON =
        Set.of("RequiredBy", "RequisiteOf", "BoundBy", "ConsistsOf", "PropagatesStopTo");

    private final Map<String, List<String>> units = new HashMap<>();
    private final Set<String> active = new TreeSet<>();
    private final Set<String> broken = new HashSet<>();
    private final List<String> calls = new ArrayList<>();

    void unit(String name, String... properties) {
      units.put(name, List.of(properties));
      active.add(name);
    }

    @Override
    public CommandResult run(Command command, CommandIo io, Cancellation scope) throws IOException {
      List<String> argv = command.argv();
      String last = argv.get(argv.size() - 1);
      String answer =
          switch (argv.get(0) + " " + argv.get(1)) {
            case "podman info" -> "{}";
            case "podman ps" -> "id";
            case "podman container" ->
                "[{\"Name\": \"wiki\", \"State\": {\"Status\": \""
                    + (active.contains("wiki.service") ? "running" : "exited")
                    + "\"}, \"Config\": {\"Labels\": {\"PODMAN_SYSTEMD_UNIT\": \"wiki.service\"}}}]";
            case "systemctl show" ->
                "ActiveState="
                    + (active.contains(last) ? "active" : "inactive")
                    + "\n"
                    + String.join("\n", units.getOrDefault(last, List.of()));
            case "systemctl is-active" -> "";
            default -> {
              calls.add(argv.get(1) + " " + last);
              if (broken.contains(last)) {
                yield "";
              }
              if (argv.get(1).equals("stop")) {
                stop(last, new HashSet<>());
              } else {
                active.add(last);
              }
              yield "";
            }
          };
      io.stdout().readFrom(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
      boolean asks = argv.get(1).equals("is-active");
      boolean fails = asks ? !active.contains(last) : broken.contains(last);
      return new CommandResult(fails ? 3 : 0, "");
    }

    private void stop(String unit, Set<String> seen) {
      if (!seen.add(unit)) {
        return;
      }
      active.remove(unit);
      for (String property : units.getOrDefault(unit, List.of())) {
        String[] told = property.split("=", 2);
        if (HANDED_ON.contains(told[0])) {
          List.of(told[1].split(" ")).forEach(dependent -> stop(dependent, seen));
        }
      }
    }

    @Override
    public Endpoint reach(Endpoint fromHost, Cancellation scope) {
      return fromHost;
    }

    @Override
    public String place() {
      return "in a test";
    }
  }
}
