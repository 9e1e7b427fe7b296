package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import java.util.List;

/**
 * An error as an operator reads it: what failed, why, what to do about it.
 *
 * @param kind what sort it is, for programs
 * @param what failed
 * @param why line by line
 * @param hint what to do; empty when nothing more can be said
 * @param exitCode how the process ends
 */
record ErrorReport(String kind, String what, List<String> why, String hint, int exitCode) {
  ErrorReport {
    why = List.copyOf(why);
  }

  /** A failure: its message's first line says what, the others why. */
  static ErrorReport of(Failure failure, String whenInterrupted) {
    if (failure.kind() == FailureKind.INTERRUPTED) {
      String what = whenInterrupted.isEmpty() ? "interrupted" : "interrupted; " + whenInterrupted;
      return new ErrorReport("INTERRUPTED", what, List.of(), failure.hint(), ExitCode.INTERRUPTED);
    }
    List<String> lines = failure.getMessage().lines().toList();
    return new ErrorReport(
        failure.kind().name(),
        lines.isEmpty() ? failure.kind().name() : lines.get(0),
        lines.stream().skip(1).map(String::strip).toList(),
        failure.hint(),
        ExitCode.of(failure.kind()));
  }

  /** A command line that was not understood. */
  static ErrorReport ofUsage(String what, String hint) {
    return new ErrorReport("USAGE", what, List.of(), hint, ExitCode.USAGE);
  }

  /** Anything that should not have happened. */
  static ErrorReport ofBug(Throwable thrown, boolean traced) {
    if (thrown instanceof OutOfMemoryError) {
      return new ErrorReport(
          "BUG",
          "out of memory",
          List.of(),
          "give it more with HOLDFAST_JAVA_OPTS=-Xmx512m, and please report it: it should not need"
              + " more",
          ExitCode.BUG);
    }
    return new ErrorReport(
        "BUG",
        "a bug in holdfast",
        List.of(thrown.toString()),
        traced
            ? "please report it with the lines above"
            : "run it again with --debug and report what it says",
        ExitCode.BUG);
  }

  /** A failure of a part, for the document of a command that did another part of its work. */
  static Json.Fields ofPart(Failure failure) {
    return Json.object()
        .put("kind", failure.kind().name())
        .put("message", failure.getMessage())
        .put("hint", failure.hint());
  }

  /** Says it on stderr. */
  void say(Console console, boolean colours) {
    if (console.log().isPresent()) {
      console.log().get().failure(this);
      return;
    }
    console.say(Style.BAD.apply("holdfast: error:", colours) + " " + SafeText.line(what));
    why.forEach(line -> console.say("  " + SafeText.line(line)));
    if (!hint.isEmpty()) {
      hint.lines().forEach(line -> console.say("  hint: " + SafeText.line(line)));
    }
  }

  /** The document for programs. */
  Json.Fields json() {
    return Json.object()
        .put(
            "error",
            Json.object()
                .put("kind", kind)
                .put("message", what)
                .put("details", why)
                .put("hint", hint)
                .put("exitCode", exitCode));
  }
}
