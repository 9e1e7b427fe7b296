package io.holdfast.postgres;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.source.ExportReport;
import io.holdfast.domain.backup.ArtifactOrigin;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Dumps one database by pg_dump, in custom format, and looks at its header as it passes. */
final class DatabaseExport {

  /** Long enough for a migration to end, short enough that a night's backup does not hang. */
  static final int LOCK_WAIT_MILLIS = 300_000;

  private final DumpTools tools;

  DatabaseExport(DumpTools tools) {
    this.tools = tools;
  }

  /** Dumps it: as of a snapshot where there is one, else as it is. */
  ExportReport run(
      ArtifactSpec spec,
      DumpPlan plan,
      Optional<String> snapshot,
      ArtifactOrigin origin,
      OutputStream sink,
      Cancellation cancellation)
      throws IOException {
    String database = spec.id().name();
    List<String> argv =
        new ArrayList<>(
            List.of(
                DumpTools.DUMP,
                "--format=custom",
                "--compress=" + plan.compression(),
                "--no-password",
                "--lock-wait-timeout=" + LOCK_WAIT_MILLIS));
    snapshot.ifPresent(id -> argv.add("--snapshot=" + id));
    argv.add("--dbname=" + tools.connectionTo(database, cancellation));
    PassingTap tap = new PassingTap(ArchiveHeader.LONGEST, 0);
    ToolWarnings warnings = new ToolWarnings();
    CommandIo io = CommandIo.reading(out -> tap.pass(out, sink)).withStderr(warnings);
    CommandResult result = tools.run(argv, io, cancellation);
    if (!result.succeeded()) {
      throw ToolErrors.failed(DumpTools.DUMP, "dump database '" + database + "'", result);
    }
    ArchiveHeader header = headerOf(tap, database);
    return new ExportReport(
        spec.estimatedBytes().orElse(tap.bytes()), header.entries(), origin, warnings.list());
  }

  private static ArchiveHeader headerOf(PassingTap tap, String database) throws IOException {
    try {
      return ArchiveHeader.read(new ArchiveReader(tap.head()));
    } catch (MalformedArchiveException e) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "pg_dump said that all was well, but what it wrote of database '"
              + database
              + "' is no dump: "
              + e.getMessage()
              + ".",
          "Check that pg_dump is PostgreSQL's own and not a wrapper around it.",
          e);
    }
  }
}
