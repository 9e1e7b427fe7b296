package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.in.ListContents;
import io.holdfast.application.port.in.ShowBackup.ShownSet;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast ls}: what a set holds, down to each file. */
@Command(
    name = "ls",
    sortOptions = false,
    header = "List what a set holds: its artifacts, or the files or tables of one.",
    description =
        "Without ARTIFACT, lists the artifacts of a set. Of a volume, lists its files; of a "
            + "database, its tables with their rows and its other objects.")
final class LsCommand implements Action {

  private final Invocation invocation;

  @Parameters(
      index = "0",
      paramLabel = "SET",
      description =
          "a set's id, `latest` (the newest COMPLETE one of this host), or a set's folder")
  String set = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ARTIFACT",
      description = "a database (or CLUSTER/DATABASE) or volume of the set")
  Optional<String> artifact = Optional.empty();

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "PATH",
      description =
          "only this file, folder or table, and what lies below it; * is any text, ? any character")
  Optional<String> path = Optional.empty();

  @Option(names = "--target", paramLabel = "NAME", description = "read it from this target")
  Optional<String> target = Optional.empty();

  LsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    SelectedSet selected = SelectedSet.of(set, target, invocation);
    try (Progress progress = invocation.progress();
        Session session = invocation.open(selected.needs(), progress)) {
      if (artifact.isEmpty()) {
        ShownSet shown = session.showBackup().show(selected.selector());
        return Outcome.answer(() -> json(shown), page -> text(shown, page), ExitCode.DONE);
      }
      ListContents.Request request =
          new ListContents.Request(selected.selector(), artifact.get(), path);
      return invocation.options().json
          ? listAsJson(session, request)
          : listAsText(session, request);
    }
  }

  private Outcome listAsText(Session session, ListContents.Request request) {
    session
        .listContents()
        .list(
            request,
            new ContentsText(new Page(invocation.console(), invocation.resultColours())),
            invocation.cancellation().get());
    return Outcome.written(ExitCode.DONE);
  }

  /** A failure after the first entry ends the document that was begun; it says what failed. */
  private Outcome listAsJson(Session session, ListContents.Request request) {
    ContentsJson document = new ContentsJson(invocation.console());
    try {
      session.listContents().list(request, document, invocation.cancellation().get());
      document.end();
      return Outcome.written(ExitCode.DONE);
    } catch (Failure failure) {
      if (!document.isBegun()) {
        throw failure;
      }
      ErrorReport report = ErrorReport.of(failure, whenInterrupted());
      report.say(invocation.console(), invocation.errorColours());
      document.end(report);
      return Outcome.written(report.exitCode());
    }
  }

  private static Json.Fields json(ShownSet shown) {
    return Json.object()
        .put("command", "ls")
        .put("set", shown.name())
        .put("location", shown.location())
        .put("artifacts", shown.artifacts().stream().map(ArtifactJson::of).toList())
        .put("exitCode", ExitCode.DONE);
  }

  private static void text(ShownSet shown, Page page) {
    if (shown.artifacts().isEmpty()) {
      page.line("no artifacts");
    } else {
      page.table(ArtifactTable.of(shown.artifacts()));
    }
  }
}
