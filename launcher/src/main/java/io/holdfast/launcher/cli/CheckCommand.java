package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.CheckHost.CheckedPart;
import io.holdfast.application.port.in.CheckHost.Part;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.HealthProbe.Finding;
import io.holdfast.application.port.out.source.HealthProbe.Level;
import io.holdfast.launcher.config.HoldfastConfig;
import io.holdfast.launcher.config.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast check}: is everything ready. */
@Command(
    name = "check",
    sortOptions = false,
    header = "Say whether everything is ready for a backup.",
    description =
        "Undoes what a killed run left, on the host and on the targets, then looks at the "
            + "configuration, connections, tool versions, rights, space, and tries each target "
            + "with a few small blobs. Exit code 10, 11 or 12 says which part is not ready, 3 "
            + "that only a target that is not required, or a notifier, is not.")
final class CheckCommand implements Action {

  private final Invocation invocation;

  @Option(names = "--notify", description = "send a test message to every notifier")
  private boolean notify;

  CheckCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    Cancellation cancellation = invocation.cancellation().get();
    try (Progress progress = invocation.progress();
        Session session = invocation.open(Needs.everything(), progress)) {
      HoldfastConfig config = session.config();
      List<CheckedPart> parts = new ArrayList<>(session.checkHost().check(cancellation));
      List<Finding> notifiers = session.notifiers(notify).probe(cancellation);
      if (!notifiers.isEmpty()) {
        parts.add(new CheckedPart(Part.NOTIFICATIONS, notifiers));
      }
      int exitCode = exitCodeOf(parts);
      return Outcome.report(
          () -> json(config, parts, exitCode), page -> text(config, parts, page), exitCode);
    }
  }

  static int exitCodeOf(List<CheckedPart> parts) {
    List<Part> failed =
        parts.stream()
            .filter(part -> part.findings().stream().anyMatch(f -> f.level() == Level.FAILED))
            .map(CheckedPart::part)
            .toList();
    if (failed.isEmpty()) {
      return ExitCode.DONE;
    }
    if (failed.contains(Part.RECOVERY) || failed.contains(Part.SOURCES)) {
      return ExitCode.SOURCE;
    }
    return failed.contains(Part.STORAGE) ? ExitCode.STORAGE : ExitCode.PARTIAL;
  }

  private static Json.Fields json(HoldfastConfig config, List<CheckedPart> parts, int exitCode) {
    return Json.object()
        .put("command", "check")
        .put(
            "configuration",
            Json.object().put("file", config.file()).put("remarks", config.remarks()))
        .put("parts", parts.stream().map(CheckCommand::json).toList())
        .put("ready", exitCode == ExitCode.DONE || exitCode == ExitCode.PARTIAL)
        .put("exitCode", exitCode);
  }

  private static Json.Fields json(CheckedPart part) {
    return Json.object()
        .put("part", part.part().name())
        .put("findings", part.findings().stream().map(CheckCommand::json).toList());
  }

  private static Json.Fields json(Finding finding) {
    return Json.object()
        .put("subject", finding.subject())
        .put("level", finding.level().name())
        .put("detail", finding.detail())
        .put("hint", finding.hint());
  }

  private static void text(HoldfastConfig config, List<CheckedPart> parts, Page page) {
    Table table =
        new Table(
            Table.Column.text("LEVEL"), Table.Column.text("WHAT"), Table.Column.text("FOUND"));
    String file = config.file().map(Object::toString).orElse("none");
    addRow(table, new Finding("configuration", Level.OK, file, ""));
    config
        .remarks()
        .forEach(remark -> addRow(table, new Finding("configuration", Level.WARNING, remark, "")));
    parts.forEach(part -> part.findings().forEach(finding -> addRow(table, finding)));
    page.table(table).line("");
    int exitCode = exitCodeOf(parts);
    if (exitCode == ExitCode.DONE) {
      page.line(Style.GOOD, "ready", " for a backup");
    } else if (exitCode == ExitCode.PARTIAL) {
      page.line(Style.DOUBTFUL, "ready", " for a backup; what FAILED above is done without");
    } else {
      page.line(Style.BAD, "not ready", "; see what FAILED above");
    }
  }

  private static void addRow(Table table, Finding finding) {
    String hint = finding.hint().isEmpty() ? "" : " -> " + finding.hint();
    table.add(
        new Table.Cell(wordFor(finding.level()), styleOf(finding.level())),
        Table.Cell.of(finding.subject()),
        Table.Cell.of(finding.detail() + hint));
  }

  private static String wordFor(Level level) {
    return level == Level.FAILED ? level.name() : level.name().toLowerCase(Locale.ROOT);
  }

  private static Style styleOf(Level level) {
    return switch (level) {
      case OK -> Style.GOOD;
      case WARNING -> Style.DOUBTFUL;
      case FAILED -> Style.BAD;
    };
  }
}
