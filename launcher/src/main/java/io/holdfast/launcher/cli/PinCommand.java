package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.PinBackup;
import io.holdfast.application.port.in.PinBackup.PinnedCopy;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.launcher.config.Needs;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast pin}: keeps a set from ever being deleted by a rule. */
@Command(
    name = "pin",
    sortOptions = false,
    header = "Keep a set from being deleted by any rule.",
    description =
        "Pins a set on every target that has it. A set that is pinned already keeps its pin and the "
            + "reason for it. Exit code 12 when a target could not be asked; the others are done.")
final class PinCommand implements Action {

  private final Invocation invocation;

  @Parameters(
      paramLabel = "SET",
      description = "a set's id, or `latest` (the newest COMPLETE one of this host)")
  String set = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "why, shown by list and show")
  Optional<String> reason = Optional.empty();

  @Option(names = "--target", paramLabel = "NAME", description = "only on this target")
  Optional<String> target = Optional.empty();

  PinCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    return run("pin", invocation, set, target, (pins, selector) -> pins.pin(selector, reason));
  }

  /** What both commands do with a set. */
  static Outcome run(
      String command,
      Invocation invocation,
      String set,
      Optional<String> target,
      BiFunction<PinBackup, SetSelector, PinBackup.Result> work) {
    SetSelector selector = SetArgument.onTargets(set, target);
    try (Progress progress = invocation.progress();
        Session session = invocation.open(Needs.storage(target), progress)) {
      PinBackup.Result result = work.apply(session.pinBackup(), selector);
      int exitCode = result.failures().isEmpty() ? ExitCode.DONE : ExitCode.STORAGE;
      return Outcome.report(
          () -> json(command, result, exitCode), page -> text(result, page), exitCode);
    }
  }

  private static Json.Fields json(String command, PinBackup.Result result, int exitCode) {
    return Json.object()
        .put("command", command)
        .put("set", result.set().toString())
        .put("targets", result.targets().stream().map(PinCommand::json).toList())
        .put("unread", result.failures().stream().map(ErrorReport::ofPart).toList())
        .put("exitCode", exitCode);
  }

  private static Json.Fields json(PinnedCopy copy) {
    return Json.object()
        .put("target", copy.target())
        .put("outcome", copy.outcome().name())
        .put("pin", copy.pin().map(Marks::json));
  }

  private static void text(PinBackup.Result result, Page page) {
    result.targets().forEach(copy -> page.line(text(copy) + ": " + result.set() + reason(copy)));
    result.failures().forEach(page::failure);
  }

  private static String text(PinnedCopy copy) {
    return switch (copy.outcome()) {
      case PINNED -> "pinned on " + copy.target();
      case ALREADY_PINNED -> "pinned already on " + copy.target();
      case UNPINNED -> "unpinned on " + copy.target();
      case NOT_PINNED -> "not pinned on " + copy.target();
    };
  }

  private static String reason(PinnedCopy copy) {
    return copy.pin().flatMap(pin -> pin.reason()).map(why -> " (" + why + ")").orElse("");
  }
}
