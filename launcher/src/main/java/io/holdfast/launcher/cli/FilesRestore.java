package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.RestoreFiles;
import io.holdfast.application.port.in.RestoreFiles.Request;
import io.holdfast.application.port.in.RestoreFiles.Result;
import io.holdfast.application.port.in.SuperviseRun.Supervised;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.history.RunKind;

/** {@code holdfast restore volumes SET --only VOLUME --path FILE --to DIR}. */
record FilesRestore(Invocation invocation, SelectedSet selected) {

  /** Restores the files as a run; a dry run changes nothing, and is none. */
  Outcome run(Request request, Cancellation cancellation) {
    if (request.dryRun()) {
      try (Progress progress = invocation.progress();
          Session session = invocation.open(selected.needs(), progress)) {
        Result planned = session.restoreFiles().restore(request, cancellation);
        return Outcome.report(
            () -> Supervision.json(json(planned, request), ExitCode.DONE),
            page -> text(planned, request, page),
            ExitCode.DONE);
      }
    }
    Supervised<RestoreFiles.Result> done =
        new Supervision<Result>(RunKind.RESTORE, result -> ExitCode.DONE)
            .knowing(RunReports::of)
            .carryOut(
                invocation,
                selected.needs(),
                cancellation,
                (session, progress, ended) -> session.restoreFiles().restore(request, ended));
    return Outcome.report(
        () -> Supervision.json(done, json(done.result(), request)),
        page -> text(done.result(), request, page),
        Supervision.exitCode(done));
  }

  private static Json.Fields json(Result result, Request request) {
    return Json.object()
        .put("command", "restore")
        .put("set", result.set())
        .put("location", result.location())
        .put("executed", result.executed())
        .put("volume", result.volume().name())
        .put("paths", request.paths())
        .put("to", result.to().toString())
        .put("members", result.members())
        .put("warnings", result.warnings());
  }

  private static void text(Result result, Request request, Page page) {
    page.line(
        (result.executed() ? "restored from " : "plan for a restore from ")
            + result.set()
            + " ("
            + result.location()
            + ")");
    page.line(
        Style.GOOD,
        result.executed() ? "RESTORED" : "READY   ",
        "  "
            + result.members()
            + (result.members() == 1 ? " file or folder of " : " files and folders of ")
            + result.volume().describe()
            + " in "
            + result.to());
    request.paths().forEach(path -> page.line("  " + path));
    result.warnings().forEach(warning -> page.line(Style.DOUBTFUL, "  warning: ", warning));
    if (!result.executed()) {
      page.line("nothing was changed");
    }
  }
}
