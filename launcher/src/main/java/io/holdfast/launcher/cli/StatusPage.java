package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ReportStatus.Concern;
import io.holdfast.application.port.in.ReportStatus.Content;
import io.holdfast.application.port.in.ReportStatus.Finding;
import io.holdfast.application.port.in.ReportStatus.HostStatus;
import io.holdfast.application.port.in.ReportStatus.Report;
import io.holdfast.application.port.in.ReportStatus.TargetStatus;
import io.holdfast.domain.backup.SetId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A status for people: the verdict, what is wrong, then a line a target. */
record StatusPage(Report report) {

  private static final String NEVER = "never";
  private static final String UNKNOWN = "-";

  void text(Page page) {
    List<Finding> findings = report.findings();
    if (findings.isEmpty()) {
      page.line(Style.GOOD, "OK", "  " + wellText(report));
    } else {
      Concern worst = findings.stream().map(Finding::concern).min(Concern::compareTo).orElseThrow();
      page.line(styleOf(worst), wordOf(worst), "  " + illText());
      report.hosts().forEach(host -> findings(host, page));
    }
    page.line("").table(table()).line("");
    report
        .hosts()
        .forEach(
            host ->
                page.line(
                    "restore"
                        + (report.hosts().size() > 1 ? " of " + host.host() : "")
                        + ": "
                        + RestoreWords.time(host, report.at())));
    report.hosts().stream().limit(1).forEach(own -> page.line(next(own)));
  }

  /** What is told where nothing is wrong. */
  static String wellText(Report report) {
    if (report.hosts().size() > 1) {
      return report.hosts().size() + " hosts are as they should be";
    }
    return report.hosts().stream()
        .map(
            host ->
                host.host()
                    + host.recoveryPoint()
                        .map(set -> " can be brought back to " + set + ", " + ago(report, set))
                        .orElse(" has no set that brings all of it back"))
        .findFirst()
        .orElse("");
  }

  private String illText() {
    long ill = report.hosts().stream().filter(host -> !host.findings().isEmpty()).count();
    return report.hosts().size() == 1
        ? wellText(report)
        : ill
            + " of "
            + report.hosts().size()
            + " hosts "
            + (ill == 1 ? "is" : "are")
            + " not as they should be";
  }

  private static void findings(HostStatus host, Page page) {
    for (Finding finding : host.findings()) {
      switch (finding.concern()) {
        case SUSPECT, VANISHED -> {
          // Told below with sizes as people read them.
        }
        case OBJECTIVE_MISSED, RTO_MISSED, UNREADABLE, NO_SET, DAMAGED, UNPROVEN, FUTURE, BEHIND ->
            line(host, finding.concern(), finding.text(), page);
      }
    }
    host.comparison()
        .suspects()
        .forEach(each -> line(host, Concern.SUSPECT, Plausibility.sentence(each), page));
    host.comparison()
        .vanished()
        .forEach(each -> line(host, Concern.VANISHED, Plausibility.sentence(each), page));
  }

  private static void line(HostStatus host, Concern concern, String text, Page page) {
    page.line(styleOf(concern), wordOf(concern), "  " + host.host() + ": " + text);
  }

  private Table table() {
    Table table =
        new Table(
            Table.Column.text("HOST"),
            Table.Column.text("TARGET"),
            Table.Column.text("BACK TO"),
            Table.Column.number("AGE"),
            Table.Column.number("SETS"),
            Table.Column.number("SIZE"),
            Table.Column.number("USUALLY"),
            Table.Column.number("FREE"),
            Table.Column.number("FULL IN"),
            Table.Column.text("VERIFIED"),
            Table.Column.text("LAST DRILL"),
            Table.Column.text("REMARK"));
    for (HostStatus host : report.hosts()) {
      host.targets().forEach(target -> addRow(table, host, target));
    }
    return table;
  }

  private void addRow(Table table, HostStatus host, TargetStatus target) {
    Optional<Content> content = target.content();
    Optional<SetId> point = content.flatMap(Content::recoveryPoint);
    boolean late =
        host.findings().stream()
            .anyMatch(
                finding ->
                    finding.target().filter(target.target()::equals).isPresent()
                        && (finding.concern() == Concern.OBJECTIVE_MISSED
                            || finding.concern() == Concern.BEHIND));
    table.add(
        Table.Cell.of(host.host()),
        Table.Cell.of(target.target()),
        Table.Cell.of(point.map(SetId::toString).orElse(content.isPresent() ? NEVER : UNKNOWN)),
        new Table.Cell(
            point.map(set -> Quantity.age(Duration.between(set.begun(), report.at()))).orElse(""),
            late ? Style.BAD : Style.PLAIN),
        Table.Cell.of(content.map(c -> String.valueOf(c.sizes().sets().size())).orElse(UNKNOWN)),
        Table.Cell.of(content.map(c -> bytes(c.sizes().newest())).orElse(UNKNOWN)),
        Table.Cell.of(content.map(c -> bytes(c.sizes().usual())).orElse(UNKNOWN)),
        Table.Cell.of(content.map(c -> bytes(c.freeBytes())).orElse(UNKNOWN)),
        Table.Cell.of(content.flatMap(Content::fullIn).map(d -> d.toDays() + " d").orElse(UNKNOWN)),
        Table.Cell.of(
            content
                .map(c -> c.verified().map(v -> when(v.verdict().at())).orElse(NEVER))
                .orElse(UNKNOWN)),
        content.map(c -> drilled(host, target.target(), c)).orElseGet(() -> Table.Cell.of(UNKNOWN)),
        Table.Cell.of(String.join("; ", remarks(host, target))));
  }

  /** A mark that cannot be read tells by its time that there was a drill at least. */
  private Table.Cell drilled(HostStatus host, String target, Content content) {
    return host.drills()
        .of(target)
        .last()
        .map(
            drill ->
                new Table.Cell(
                    RestoreWords.result(drill) + " " + when(drill.started()),
                    drill.isProven() ? Style.PLAIN : Style.BAD))
        .orElseGet(() -> Table.Cell.of(content.lastDrill().map(this::when).orElse(NEVER)));
  }

  private List<String> remarks(HostStatus host, TargetStatus target) {
    List<String> remarks = new ArrayList<>();
    if (!target.required()) {
      remarks.add("not required");
    }
    if (target.failure().isPresent()) {
      remarks.add("cannot be read");
    }
    long lacking =
        host.missing().stream().filter(set -> set.targets().contains(target.target())).count();
    if (lacking > 0) {
      remarks.add("lacks " + lacking + " of the newest sets");
    }
    target
        .content()
        .ifPresent(
            content -> {
              if (!content.pins().isEmpty()) {
                remarks.add(content.pins().size() + " pinned");
              }
              if (content.foreign() > 0) {
                remarks.add(Quantity.count(content.foreign(), "set") + " of other hosts");
              }
              content
                  .lock()
                  .ifPresent(
                      lock ->
                          remarks.add(
                              lock.holder().command()
                                  + " at work since "
                                  + lock.holder().since()
                                  + ", last sign "
                                  + when(lock.lastSign())));
            });
    return remarks;
  }

  private static String next(HostStatus own) {
    return "next backup: " + own.nextBackup().map(Instant::toString).orElse("not scheduled");
  }

  private String when(Instant then) {
    Duration age = Duration.between(then, report.at());
    return age.isNegative() ? "just now" : Quantity.age(age) + " ago";
  }

  private static String ago(Report report, SetId set) {
    return Quantity.age(Duration.between(set.begun(), report.at())) + " ago";
  }

  private static String bytes(OptionalLong bytes) {
    return bytes.isPresent() ? Quantity.bytes(bytes.getAsLong()) : UNKNOWN;
  }

  private static Style styleOf(Concern concern) {
    return switch (concern) {
      case OBJECTIVE_MISSED, RTO_MISSED, UNREADABLE, DAMAGED, UNPROVEN -> Style.BAD;
      case NO_SET, FUTURE, SUSPECT, VANISHED, BEHIND -> Style.DOUBTFUL;
    };
  }

  private static String wordOf(Concern concern) {
    return switch (concern) {
      case OBJECTIVE_MISSED, RTO_MISSED -> "MISSED";
      case NO_SET -> "NO SET";
      case UNREADABLE, DAMAGED, UNPROVEN, FUTURE, SUSPECT, VANISHED, BEHIND -> concern.name();
    };
  }
}
