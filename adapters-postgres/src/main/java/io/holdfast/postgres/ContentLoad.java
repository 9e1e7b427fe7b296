package io.holdfast.postgres;

import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.source.ArtifactContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Loads a dump's content into an empty database by pg_restore. */
final class ContentLoad {

  /** From here on several jobs can read a dump that was written to a pipe. */
  private static final int JOBS_SINCE = 14;

  private static final int BUFFER = 64 << 10;

  private final ClusterSettings settings;
  private final DumpTools tools;
  private final BackupEvents events;

  ContentLoad(ClusterSettings settings, DumpTools tools, BackupEvents events) {
    this.settings = settings;
    this.tools = tools;
    this.events = events;
  }

  /**
   * How pg_restore is called.
   *
   * @param tool pg_restore's version
   * @param server the server's version
   * @param withTablespaces false to put everything into the database's default tablespace
   */
  record Options(ToolVersion tool, ToolVersion server, boolean withTablespaces) {

    /** pg_restore 17 sets a parameter first that older servers do not know, an error to it. */
    boolean meetsUnknownParameter() {
      return tool.major() >= 17 && server.major() < 17;
    }
  }

  /** The file that jobs can read side by side, where there is one. */
  Optional<Path> parallelFile(ArtifactContent content, ToolVersion tool) {
    boolean parallel =
        tools.seesLocalFiles() && settings.restoreJobs() > 1 && tool.major() >= JOBS_SINCE;
    return parallel ? content.localFile() : Optional.empty();
  }

  /**
   * Loads one section of a dump, or of some tables in it, from its beginning on.
   *
   * @param selection pg_restore's options that select
   * @param tolerant true to go on after errors
   * @return the errors that it went on after
   */
  List<String> section(
      ArtifactContent content,
      String database,
      Options options,
      List<String> selection,
      boolean tolerant,
      Cancellation cancellation)
      throws IOException {
    List<String> argv = new ArrayList<>();
    argv.add(DumpTools.RESTORE);
    argv.add("--no-password");
    argv.addAll(selection);
    if (!tolerant && !options.meetsUnknownParameter()) {
      argv.add("--exit-on-error");
    }
    if (!options.withTablespaces()) {
      argv.add("--no-tablespaces");
    }
    argv.add("--dbname=" + tools.connectionTo(database, cancellation));
    String task = "load " + content.describe();
    events.on(new BackupEvent.TaskStarted(task, OptionalLong.empty()));
    try {
      UnexpectedErrors unexpected = new UnexpectedErrors();
      CommandIo io =
          new CommandIo(Optional.of(in -> feed(content, in, task)), out -> {}, unexpected);
      CommandResult result = tools.run(argv, io, cancellation);
      if (result.succeeded() || (tolerant && UnexpectedErrors.cameToItsEnd(result))) {
        return unexpected.told();
      }
      if (options.meetsUnknownParameter() && unexpected.onlyTheKnownOne(result)) {
        return List.of();
      }
      throw failure(result, content);
    } finally {
      events.on(new BackupEvent.TaskEnded(task));
    }
  }

  void run(ArtifactContent content, String database, Options options, Cancellation cancellation)
      throws IOException {
    Optional<Path> file = parallelFile(content, options.tool());
    String task = "load " + content.describe();
    OptionalLong total =
        file.isPresent() ? OptionalLong.empty() : OptionalLong.of(content.storedBytes());
    events.on(new BackupEvent.TaskStarted(task, total));
    try {
      Optional<CommandIo.Writer> input =
          file.isPresent() ? Optional.empty() : Optional.of(in -> feed(content, in, task));
      UnexpectedErrors errors = new UnexpectedErrors();
      CommandIo io = new CommandIo(input, out -> {}, errors);
      CommandResult result =
          tools.run(argv(database, file, options, cancellation), io, cancellation);
      boolean good =
          result.succeeded() || (options.meetsUnknownParameter() && errors.onlyTheKnownOne(result));
      if (!good) {
        throw failure(result, content);
      }
    } finally {
      events.on(new BackupEvent.TaskEnded(task));
    }
  }

  private static SourceFailure failure(CommandResult result, ArtifactContent content) {
    return ToolErrors.failed(DumpTools.RESTORE, "load " + content.describe(), result);
  }

  private List<String> argv(
      String database, Optional<Path> file, Options options, Cancellation cancellation) {
    List<String> argv = new ArrayList<>();
    argv.add(DumpTools.RESTORE);
    argv.add("--no-password");
    if (!options.meetsUnknownParameter()) {
      argv.add("--exit-on-error");
    }
    if (!options.withTablespaces()) {
      argv.add("--no-tablespaces");
    }
    argv.add("--dbname=" + tools.connectionTo(database, cancellation));
    file.ifPresent(
        path -> {
          argv.add("--jobs=" + settings.restoreJobs());
          argv.add(path.toAbsolutePath().toString());
        });
    return argv;
  }

  private void feed(ArtifactContent content, OutputStream stdin, String task) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = content.open()) {
      int read = in.read(buffer);
      while (read >= 0) {
        stdin.write(buffer, 0, read);
        events.on(new BackupEvent.TaskAdvanced(task, read));
        read = in.read(buffer);
      }
    }
  }

  /** Tells the one error that means nothing from all others, where pg_restore goes on after it. */
  static final class UnexpectedErrors implements Consumer<String> {

    private static final String KNOWN =
        "unrecognized configuration parameter \"transaction_timeout\"";

    private static final int MOST_TOLD = 100;

    private int known;
    private int unexpected;
    private final List<String> told = new ArrayList<>();

    @Override
    public synchronized void accept(String line) {
      if (line.contains(KNOWN)) {
        known++;
      } else if (line.contains("error:") || line.contains("ERROR:")) {
        unexpected++;
        if (told.size() < MOST_TOLD) {
          told.add(line.substring(line.indexOf("rror: ") + "rror: ".length()));
        }
      }
    }

    /** A pg_restore that came to its end says how many errors it passed over. */
    synchronized boolean onlyTheKnownOne(CommandResult result) {
      return cameToItsEnd(result) && known > 0 && unexpected == 0;
    }

    static boolean cameToItsEnd(CommandResult result) {
      return result.exitCode() == 1 && result.stderrTail().contains("errors ignored on restore");
    }

    /** The errors that are none of those that mean nothing. */
    synchronized List<String> told() {
      return List.copyOf(told);
    }
  }
}
