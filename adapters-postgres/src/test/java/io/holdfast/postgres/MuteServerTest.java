package io.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MuteServerTest {

  @Test
  void aServerThatTakesTheConnectionAndNeverAnswersIsUnreachable() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ClusterSettings settings =
          new ClusterSettings(
              "main",
              "127.0.0.1",
              mute.getLocalPort(),
              Optional.of("anybody"),
              Optional.empty(),
              ClusterSettings.DEFAULT_MAINTENANCE_DATABASE,
              List.of("*"),
              List.of(),
              true,
              new Compression.Auto(),
              1);
      assertThatThrownBy(() -> new Connections(settings).open("postgres", new Cancellation()))
          .isInstanceOf(SourceFailure.class)
          .hasMessageContaining("127.0.0.1:" + mute.getLocalPort())
          .extracting(failure -> ((Failure) failure).kind())
          .isEqualTo(FailureKind.SOURCE_UNREACHABLE);
    }
  }
}
