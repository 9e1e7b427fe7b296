package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.VerifyTarget.Result;
import io.holdfast.application.port.in.VerifyTarget.TriedPromise;
import io.holdfast.application.port.in.VerifyTarget.VerifiedTarget;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.launcher.config.Needs;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast target verify}: does a target do all that backups rely on. */
@Command(
    name = "verify",
    sortOptions = false,
    header = "Try whether a target keeps all that backups rely on.",
    description =
        "Writes, reads, lists and deletes blobs of its own below .holdfast/contract/, some 400 MB "
            + "in all, and leaves nothing there. No backup runs meanwhile. Exit code 12 when the "
            + "target breaks a promise.")
final class TargetVerifyCommand implements Action {

  private final Invocation invocation;

  @Parameters(paramLabel = "NAME", description = "the target's name")
  String target = "";

  @Option(names = "--quick", description = "a few small requests alone, as `holdfast check` does")
  boolean quick;

  TargetVerifyCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    Cancellation cancellation = invocation.cancellation().get();
    try (Progress progress = invocation.progress();
        Session session = invocation.open(Needs.storage(Optional.of(target)), progress)) {
      VerifiedTarget verified = session.verifyTarget().verify(target, quick, cancellation);
      int exitCode = verified.isTrusty() ? ExitCode.DONE : ExitCode.STORAGE;
      return Outcome.report(() -> json(verified, exitCode), page -> text(verified, page), exitCode);
    }
  }

  @Override
  public String whenInterrupted() {
    return "what the trial wrote was removed, or is by the next `holdfast check`";
  }

  private Json.Fields json(VerifiedTarget verified, int exitCode) {
    return Json.object()
        .put("command", "target verify")
        .put("target", verified.target())
        .put("location", verified.location())
        .put("quick", quick)
        .put("features", verified.features())
        .put("promises", verified.promises().stream().map(TargetVerifyCommand::json).toList())
        .put("trusty", verified.isTrusty())
        .put("exitCode", exitCode);
  }

  private static Json.Fields json(TriedPromise tried) {
    return Json.object()
        .put("promise", tried.promise())
        .put("result", tried.result().name())
        .put("seen", tried.seen())
        .put("seconds", tried.took());
  }

  private static void text(VerifiedTarget verified, Page page) {
    page.line("target " + verified.target() + "  (" + verified.location() + ")");
    verified.features().forEach(feature -> page.line("  " + feature));
    for (TriedPromise tried : verified.promises()) {
      String took = "  (" + Quantity.duration(tried.took()) + ")";
      page.line(styleOf(tried.result()), wordFor(tried.result()), "  " + tried.promise() + took);
      if (!tried.seen().isEmpty()) {
        page.line("           seen: " + tried.seen());
      }
    }
    long kept = verified.promises().stream().filter(t -> t.result() == Result.KEPT).count();
    String of = " of " + Quantity.count(verified.promises().size(), "promise");
    if (verified.isTrusty()) {
      page.line(Style.GOOD, "kept", " " + kept + of);
    } else {
      page.line(Style.BAD, "not kept", " " + (verified.promises().size() - kept) + of);
    }
  }

  private static String wordFor(Result result) {
    return switch (result) {
      case KEPT -> "ok       ";
      case BROKEN -> "FAILED   ";
      case NOT_TRIED -> "not tried";
    };
  }

  private static Style styleOf(Result result) {
    return switch (result) {
      case KEPT -> Style.GOOD;
      case BROKEN -> Style.BAD;
      case NOT_TRIED -> Style.DOUBTFUL;
    };
  }
}
