package io.holdfast.postgres;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.source.ExportReport;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.fingerprint.Fingerprint;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes a cluster's roles, memberships and tablespaces by pg_dumpall. */
final class GlobalsExport {

  private static final String END_MARK = "-- PostgreSQL database cluster dump complete";
  private static final int TAIL_BYTES = 512;

  private final ClusterSettings settings;
  private final DumpTools tools;
  private final Connections connections;

  GlobalsExport(ClusterSettings settings, DumpTools tools, Connections connections) {
    this.settings = settings;
    this.tools = tools;
    this.connections = connections;
  }

  ExportReport run(DumpPlan plan, OutputStream sink, Cancellation cancellation) throws IOException {
    String database;
    boolean readsPasswords;
    Optional<Fingerprint> fingerprint = Optional.empty();
    List<String> untaken = new ArrayList<>();
    try (Session session = connections.openAdmin(Set.of(), cancellation)) {
      database = session.database();
      readsPasswords = Rights.readsPasswords(session);
      boolean modern = plan.server().major() >= DatabaseFingerprinter.OLDEST_MAJOR;
      if (modern && settings.fingerprint().depth() != FingerprintDepth.NONE) {
        fingerprint = fingerprint(session, untaken);
      }
    }
    List<String> argv = argv(database, readsPasswords, cancellation);
    PassingTap tap = new PassingTap(0, TAIL_BYTES);
    ToolWarnings warnings = new ToolWarnings();
    CommandIo io = CommandIo.reading(out -> tap.pass(out, sink)).withStderr(warnings);
    CommandResult result = tools.run(argv, io, cancellation);
    if (!result.succeeded()) {
      throw ToolErrors.failed(DumpTools.DUMP_ALL, "write the globals", result);
    }
    if (!tap.tail().contains(END_MARK)) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "pg_dumpall said that all was well, but the globals that it wrote lack their end mark.",
          "Check that pg_dumpall is PostgreSQL's own and not a wrapper around it.");
    }
    List<String> toldOf = new ArrayList<>(warnings.list());
    toldOf.addAll(untaken);
    if (!readsPasswords) {
      toldOf.add(
          "the globals have no passwords: this role may not read them. Restored roles will need"
              + " new ones; back up as a superuser to keep them");
    }
    return new ExportReport(
        tap.bytes(),
        Math.max(1, tap.statementEnds()),
        new ArtifactOrigin.FromPostgres(plan.server().text(), plan.tool().text()),
        toldOf,
        fingerprint);
  }

  /** Globals count without one too. */
  private static Optional<Fingerprint> fingerprint(Session session, List<String> untaken) {
    try {
      return Optional.of(RoleFingerprinter.take(session));
    } catch (SourceFailure failure) {
      untaken.add(
          "no fingerprint was taken of the roles, so a restore of them cannot be shown to be equal: "
              + failure.getMessage());
      return Optional.empty();
    }
  }

  private List<String> argv(String database, boolean readsPasswords, Cancellation cancellation) {
    List<String> argv = new ArrayList<>();
    argv.add(DumpTools.DUMP_ALL);
    argv.add("--globals-only");
    argv.add("--no-password");
    if (!readsPasswords) {
      argv.add("--no-role-passwords");
    }
    String connection = tools.connectionTo(database, cancellation);
    argv.add("--dbname=" + connection);
    // It ignores the name in --dbname; this one it reads as a connection string too.
    argv.add("--database=" + connection);
    return argv;
  }
}
