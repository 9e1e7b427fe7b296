package io.holdfast.podman;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ExportReport;
import io.holdfast.domain.backup.ArtifactOrigin.FromContainer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes what {@code podman inspect} tells of one container, without its secrets. */
final class ContainerExport {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final PodmanHost host;
  private final String name;
  private final Optional<String> cluster;

  ContainerExport(PodmanHost host, String name) {
    this(host, name, Optional.empty());
  }

  /** One that serves a cluster. */
  ContainerExport(PodmanHost host, String name, Optional<String> cluster) {
    this.host = host;
    this.name = name;
    this.cluster = cluster;
  }

  ExportReport run(OutputStream sink, Cancellation cancellation) throws IOException {
    Container container =
        host.container(name, cancellation)
            .orElseThrow(
                () ->
                    new SourceFailure(
                        FailureKind.SOURCE,
                        "Container " + name + " is gone.",
                        "podman ps --all tells what there is."));
    ArrayNode document = JsonNodeFactory.instance.arrayNode();
    document.add(Redactor.redact(container.inspected()));
    byte[] bytes = (JSON.writeValueAsString(document) + "\n").getBytes(StandardCharsets.UTF_8);
    sink.write(bytes);
    Optional<String> image =
        container.image().isEmpty() ? Optional.empty() : Optional.of(container.image());
    return new ExportReport(
        bytes.length, document.size(), new FromContainer(image, cluster), List.of());
  }
}
