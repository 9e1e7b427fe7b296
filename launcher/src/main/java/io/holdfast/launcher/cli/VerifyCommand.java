package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.in.SuperviseRun.Supervised;
import io.holdfast.application.port.in.VerifyBackup.VerifiedAll;
import io.holdfast.application.port.in.VerifyBackup.VerifiedSet;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.history.RunKind;
import io.holdfast.launcher.config.Needs;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast verify}: reads sets back. */
@Command(
    name = "verify",
    sortOptions = false,
    header = "Read a set back and say whether it is whole.",
    description =
        "Every file of the checksums is there and matches, and no file is unlisted. Exit "
            + "code 13 when anything is wrong.")
final class VerifyCommand implements Action {

  private final Invocation invocation;

  @Parameters(
      paramLabel = "SET",
      arity = "0..1",
      description =
          "a set's id, `latest` (the default), `all` (every published set of this host), or a set's"
              + " folder")
  String set = SetArgument.LATEST;

  @Option(
      names = "--deep",
      description = "also read every dump's table of contents and every tar to its end")
  boolean deep;

  @Option(names = "--target", paramLabel = "NAME", description = "read from this target")
  Optional<String> target = Optional.empty();

  VerifyCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    Cancellation cancellation = invocation.cancellation().get();
    Supervised<VerifiedAll> done =
        set.equals(SetArgument.ALL) ? verifyAll(cancellation) : verifyOne(cancellation);
    return Outcome.report(
        () -> Supervision.json(done, json(done.result())),
        page -> text(done.result(), page),
        Supervision.exitCode(done));
  }

  /** Damage that was seen is worse than what could not be looked at. */
  private static int exitCodeOf(VerifiedAll all) {
    if (!all.sets().stream().allMatch(VerifiedSet::isWhole)) {
      return ExitCode.INTEGRITY;
    }
    return all.unread().isEmpty() ? ExitCode.DONE : ExitCode.STORAGE;
  }

  private Supervised<VerifiedAll> verifyOne(Cancellation cancellation) {
    SelectedSet selected = SelectedSet.of(set, target, invocation);
    return supervision()
        .carryOut(
            invocation,
            selected.needs(),
            cancellation,
            (session, progress, ended) ->
                new VerifiedAll(
                    List.of(session.verifyBackup().verify(selected.selector(), deep, ended)),
                    List.of()));
  }

  private Supervised<VerifiedAll> verifyAll(Cancellation cancellation) {
    return supervision()
        .carryOut(
            invocation,
            Needs.storage(target),
            cancellation,
            (session, progress, ended) -> {
              VerifiedAll all = session.verifyBackup().verifyAll(target, deep, ended);
              if (all.sets().isEmpty() && all.unread().isEmpty()) {
                throw new IntegrityFailure(
                    "there is no set of this host to verify",
                    "`holdfast list` shows what is there");
              }
              return all;
            });
  }

  private static Supervision<VerifiedAll> supervision() {
    return new Supervision<VerifiedAll>(RunKind.VERIFY, VerifyCommand::exitCodeOf)
        .knowing(RunReports::of);
  }

  private Json.Fields json(VerifiedAll all) {
    return Json.object()
        .put("command", "verify")
        .put("deep", deep)
        .put("sets", all.sets().stream().map(VerifyCommand::json).toList())
        .put("unread", all.unread().stream().map(ErrorReport::ofPart).toList());
  }

  private static Json.Fields json(VerifiedSet set) {
    return Json.object()
        .put("set", set.name())
        .put("location", set.location())
        .put("whole", set.isWhole())
        .put("files", set.files())
        .put("bytes", set.bytes())
        .put(
            "problems",
            set.problems().stream()
                .map(p -> Json.object().put("path", p.path()).put("problem", p.problem()))
                .toList());
  }

  private static void text(VerifiedAll all, Page page) {
    for (VerifiedSet set : all.sets()) {
      String read =
          Quantity.count(set.files(), "file") + ", " + Quantity.bytes(set.bytes()) + " read";
      String rest = "  " + set.name() + "  " + read + "  (" + set.location() + ")";
      if (set.isWhole()) {
        page.line(Style.GOOD, "WHOLE  ", rest);
      } else {
        page.line(Style.BAD, "DAMAGED", rest);
        set.problems().forEach(p -> page.line("  " + p.path() + ": " + p.problem()));
      }
    }
    all.unread().forEach(page::failure);
  }
}
