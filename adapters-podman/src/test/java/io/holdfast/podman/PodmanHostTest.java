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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PodmanHostTest {

  private static final String INFO =
      "{\"host\": {\"hostname\": \"umig\", \"serviceIsRemote\": true},"
          + " \"store\": {\"volumePath\": \"/volumes\"}, \"version\": {\"Version\": \"4.3.1\"}}";

  @Test
  void a_service_of_this_machine_whose_volumes_are_here_is_as_good_as_podman_itself() {
    assertThat(new PodmanHost(new Machine("umig", true)).about(new Cancellation()))
        .isEqualTo(new PodmanHost.About("4.3.1", false, "/volumes"));
  }

  @Test
  void a_service_whose_volumes_are_out_of_reach_is_refused() {
    for (Machine machine : new Machine[] {new Machine("other", true), new Machine("umig", false)}) {
      assertThatThrownBy(() -> new PodmanHost(machine).about(new Cancellation()))
          .isInstanceOf(SourceFailure.class)
          .hasMessageContaining("works on another machine");
    }
  }

  /** Where podman speaks to a service; a name, and whether the service's folder is there too. */
  private record Machine(String name, boolean hasFolder) implements CommandRunner {

    @Override
    public CommandResult run(Command command, CommandIo io, Cancellation ignored)
        throws IOException {
      String program = command.argv().get(0);
      String answer = program.equals("podman") ? INFO : program.equals("cat") ? name + "\n" : "";
      io.stdout().readFrom(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
      return new CommandResult(program.equals("test") && !hasFolder ? 1 : 0, "");
    }

    @Override
    public Endpoint reach(Endpoint fromHost, Cancellation ignored) {
      return fromHost;
    }

    @Override
    public String place() {
      return "in a test";
    }
  }
}
