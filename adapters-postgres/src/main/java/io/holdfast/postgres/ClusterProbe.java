package io.holdfast.postgres;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.HealthProbe;
import io.holdfast.application.port.out.source.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells whether a cluster is ready: connection, tools, rights, and what would be taken. */
final class ClusterProbe implements HealthProbe {

  private final ClusterSettings settings;
  private final Connections connections;
  private final DumpTools tools;

  ClusterProbe(ClusterSettings settings, Connections connections, DumpTools tools) {
    this.settings = settings;
    this.connections = connections;
    this.tools = tools;
  }

  @Override
  public List<Finding> probe(Cancellation cancellation) {
    List<Finding> findings = new ArrayList<>();
    try (Session session = connections.openAdmin(Set.of(), cancellation)) {
      ToolVersion server = ServerFacts.version(session);
      ok(findings, "PostgreSQL " + server.text() + " at " + settings.describe());
      tools(findings, server, cancellation);
      rights(findings, session, server);
      databases(findings, session);
    } catch (InterruptedFailure e) {
      throw e;
    } catch (Failure e) {
      failed(findings, e);
    }
    return findings;
  }

  private void tools(List<Finding> findings, ToolVersion server, Cancellation cancellation) {
    try {
      ToolVersion dump = tools.dumpVersionFor(server, cancellation);
      String compression =
          new CompressionOption(tools).valueFor(settings.compression(), dump, cancellation);
      ok(findings, "pg_dump " + dump.text() + " " + tools.place() + ", --compress=" + compression);
      tools.version(DumpTools.DUMP_ALL, cancellation);
      tools.version(DumpTools.RESTORE, cancellation);
    } catch (InterruptedFailure e) {
      throw e;
    } catch (Failure e) {
      failed(findings, e);
    }
  }

  private void rights(List<Finding> findings, Session session, ToolVersion server) {
    if (!Rights.readsEverything(session, server)) {
      warning(
          findings,
          "the role " + settings.login() + " may not read everything",
          "A table that it may not read fails its database's dump. Use a superuser, or a role with"
              + " BYPASSRLS that is a member of pg_read_all_data.");
    }
    if (settings.globals() && !Rights.readsPasswords(session)) {
      warning(
          findings,
          "the role " + settings.login() + " may not read passwords",
          "The globals will have none; use a superuser to keep them.");
    }
  }

  private void databases(List<Finding> findings, Session session) {
    DatabaseChoice choice = new DatabaseChoice(settings, Selection.all());
    choice.choose(ListedDatabase.all(session));
    choice
        .failures()
        .forEach(
            failure ->
                findings.add(
                    new Finding(
                        subject(),
                        Level.FAILED,
                        failure.id().describe() + ": " + failure.reason(),
                        "")));
    if (choice.databases().isEmpty()) {
      warning(findings, "no database would be backed up", "Check include and exclude.");
      return;
    }
    String names =
        choice.databases().stream().map(ListedDatabase::name).collect(Collectors.joining(", "));
    ok(findings, "would back up " + names + (settings.globals() ? " and the globals" : ""));
  }

  private String subject() {
    return "cluster " + settings.name();
  }

  private void ok(List<Finding> findings, String detail) {
    findings.add(new Finding(subject(), Level.OK, detail, ""));
  }

  private void warning(List<Finding> findings, String detail, String hint) {
    findings.add(new Finding(subject(), Level.WARNING, detail, hint));
  }

  private void failed(List<Finding> findings, Failure failure) {
    findings.add(new Finding(subject(), Level.FAILED, failure.getMessage(), failure.hint()));
  }
}
