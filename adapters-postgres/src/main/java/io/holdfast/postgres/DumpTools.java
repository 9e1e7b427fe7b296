package io.holdfast.postgres;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.command.Endpoint;
import io.holdfast.application.port.out.store.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** pg_dump, pg_dumpall and pg_restore, where the configuration has them run. */
final class DumpTools {

  static final String DUMP = "pg_dump";
  static final String DUMP_ALL = "pg_dumpall";
  static final String RESTORE = "pg_restore";

  /** Longest version line that is read; a program that says more is none of ours. */
  private static final int VERSION_BYTES = 1024;

  /** A Ctrl-C reaches a tool a moment before it reaches us. */
  private static final int SIGNAL_MILLIS = 500;

  private final ClusterSettings settings;
  private final CommandRunner runner;
  private final boolean inContainer;

  DumpTools(ClusterSettings settings, CommandRunner runner, boolean inContainer) {
    this.settings = settings;
    this.runner = runner;
    this.inContainer = inContainer;
  }

  /** True when the tools see the files of this host. */
  boolean seesLocalFiles() {
    return !inContainer;
  }

  /** Where they run, for people. */
  String place() {
    return runner.place();
  }

  /** The version of one of the tools. */
  ToolVersion version(String tool, Cancellation cancellation) {
    return version(runner, tool, cancellation);
  }

  static ToolVersion version(CommandRunner runner, String tool, Cancellation cancellation) {
    StringBuilder said = new StringBuilder();
    CommandIo io =
        CommandIo.reading(
            out -> said.append(new String(out.readNBytes(VERSION_BYTES), StandardCharsets.UTF_8)));
    CommandResult result;
    try {
      result = runner.run(Command.of(tool, "--version"), io, cancellation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!result.succeeded()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          tool + " does not run " + runner.place() + ": " + ToolErrors.lastLines(result),
          "Install PostgreSQL's client programs there, or set the cluster's tools.");
    }
    return ToolVersion.parse(said.toString())
        .orElseThrow(
            () ->
                new SourceFailure(
                    FailureKind.SOURCE,
                    tool + " " + runner.place() + " does not tell its version.",
                    "Is it PostgreSQL's?"));
  }

  /**
   * A pg_dump that may dump this server: at least of its major version.
   *
   * @throws SourceFailure with the remedy when it is older
   */
  ToolVersion dumpVersionFor(ToolVersion server, Cancellation cancellation) {
    ToolVersion tool = version(DUMP, cancellation);
    if (tool.major() < server.major()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "Cluster "
              + settings.name()
              + ": pg_dump "
              + tool.text()
              + " "
              + place()
              + " is older than the server, "
              + server.text()
              + ", and would refuse to dump it.",
          "Install postgresql-client-"
              + server.major()
              + ", or set the cluster's tools to container:NAME, the server's own container.");
    }
    return tool;
  }

  /** Runs a tool with the cluster's password and our settings in its environment. */
  CommandResult run(List<String> argv, CommandIo io, Cancellation cancellation) throws IOException {
    Map<String, String> environment = new HashMap<>();
    // Warnings are recognised by their English words.
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("PGAPPNAME", Connections.APPLICATION_NAME);
    environment.put("PGCONNECT_TIMEOUT", "15");
    // It would win over the host that we name.
    environment.put("PGHOSTADDR", "");
    environment.put("PGOPTIONS", Connections.SESSION_OPTIONS);
    Map<String, Secret> secrets = new HashMap<>();
    settings.password().ifPresent(password -> secrets.put("PGPASSWORD", password));
    CommandResult result = runner.run(new Command(argv, environment, secrets), io, cancellation);
    boolean signalled =
        result.exitCode() > 128 || result.stderrTail().contains("terminated by user");
    if (signalled && cancellation.awaitCancelled(SIGNAL_MILLIS)) {
      cancellation.throwIfCancelled();
    }
    return result;
  }

  /** What leads a tool to a database, from where it runs. */
  String connectionTo(String database, Cancellation cancellation) {
    Endpoint seen = runner.reach(new Endpoint(settings.host(), settings.port()), cancellation);
    return Quoting.connectionString(seen.host(), seen.port(), settings.login(), database);
  }

  /** A program with options. */
  static List<String> argv(String tool, List<String> options) {
    List<String> argv = new ArrayList<>();
    argv.add(tool);
    argv.addAll(options);
    return argv;
  }
}
