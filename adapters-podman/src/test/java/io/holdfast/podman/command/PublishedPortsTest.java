package io.holdfast.podman.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Endpoint;
import io.holdfast.podman.testing.RecordedCommands;
import org.junit.jupiter.api.Test;

class PublishedPortsTest {

  private final RecordedCommands commands = new RecordedCommands();

  @Test
  void inAPodItIsTheInfraContainerThatPublishes() {
    commands.answer(
        "podman container inspect app",
        "[{\"HostConfig\":{\"NetworkMode\":\"container:abc\"},\"NetworkSettings\":{\"Ports\":{}}}]");
    commands.answer(
        "podman container inspect abc",
        "[{\"NetworkSettings\":{\"Ports\":{\"8080/tcp\":null,"
            + "\"5432/udp\":[{\"HostIp\":\"\",\"HostPort\":\"15432\"}],"
            + "\"5433/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"15432\"}]}}}]");

    assertThat(behind(new Endpoint("127.0.0.1", 15432))).isEqualTo(new Endpoint("127.0.0.1", 5433));
  }

  @Test
  void aContainerOnTheHostsNetworkHasTheHostsEndpoints() {
    commands.answer(
        "podman container inspect app",
        "[{\"HostConfig\":{\"NetworkMode\":\"host\"},\"NetworkSettings\":{\"Ports\":{}}}]");

    assertThat(behind(new Endpoint("127.0.0.1", 5432))).isEqualTo(new Endpoint("127.0.0.1", 5432));
  }

  private Endpoint behind(Endpoint fromHost) {
    return new PublishedPorts(new Podman(commands), "app").behind(fromHost, new Cancellation());
  }
}
