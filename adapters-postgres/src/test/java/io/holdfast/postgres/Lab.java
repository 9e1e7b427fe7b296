package io.holdfast.postgres;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.source.Discovery;
import io.holdfast.application.port.out.source.ExportReport;
import io.holdfast.application.port.out.source.FixedMoment;
import io.holdfast.application.port.out.source.PreparedRestore;
import io.holdfast.application.port.out.source.RestoreItem;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.ArtifactOrigin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The adapter wired to a server of a test's own, with what most tests do with it. */
final class Lab {

  final PrivateCluster server;
  final ProcessRunner runner;
  final MemoryJournal journal = new MemoryJournal();
  final PostgresCluster cluster;
  final Cancellation cancellation = new Cancellation();

  Lab(PrivateCluster server, ClusterSettings settings, ProcessRunner runner) {
    this.server = server;
    this.runner = runner;
    this.cluster =
        new PostgresCluster(settings, runner, false, journal, event -> {}, Clock.systemUTC());
  }

  Lab(PrivateCluster server) {
    this(server, server.settings(), new ProcessRunner());
  }

  Discovery discover(String... only) {
    return cluster
        .source()
        .discover(new Selection(Set.of(ArtifactKind.DATABASE), List.of(only)), cancellation);
  }

  /** An exported artifact. */
  record Exported(BytesContent content, ExportReport report) {}

  Exported export(ArtifactId id) {
    ArtifactSpec spec =
        discover().artifacts().stream()
            .filter(candidate -> candidate.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new AssertionError(id + " was not discovered"));
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    try {
      ExportReport report =
          cluster.source().export(spec, sink, OutputStream.nullOutputStream(), cancellation);
      return new Exported(new BytesContent(sink.toByteArray()), report);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Exports an artifact of a fixed moment. */
  @SuppressWarnings("try")
  Exported exportFixed(ArtifactId id) {
    try (FixedMoment moment = cluster.source().fix(discover().artifacts(), cancellation)) {
      return export(id);
    }
  }

  ArtifactContent dump(String database) {
    return export(ArtifactId.database("main", database)).content();
  }

  ArtifactContent globals() {
    return export(ArtifactId.globals("main")).content();
  }

  RestoreItem item(
      String database,
      String target,
      ArtifactContent dump,
      Optional<ArtifactContent> globals,
      boolean replace) {
    return new RestoreItem(
        ArtifactId.database("main", database),
        target,
        dump,
        globals,
        new ArtifactOrigin.Unknown(),
        replace);
  }

  PreparedRestore prepare(RestoreItem item) throws IOException {
    return cluster.destination().prepare(item, cancellation);
  }

  /** Restores, and expects that nothing is in the way. */
  List<String> restore(RestoreItem item) throws IOException {
    PreparedRestore prepared = prepare(item);
    if (!prepared.obstacles().isEmpty()) {
      throw new AssertionError("in the way: " + prepared.obstacles());
    }
    return prepared.run(cancellation);
  }
}
