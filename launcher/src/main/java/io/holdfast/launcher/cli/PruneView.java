package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.in.PruneBackups.Outcome;
import io.holdfast.application.port.in.PruneBackups.PrunedSet;
import io.holdfast.application.port.in.PruneBackups.PrunedTarget;
import io.holdfast.application.port.in.PruneBackups.Report;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.retention.KeptSet;
import io.holdfast.domain.retention.Reason;
import io.holdfast.domain.retention.RetentionPlan;
import java.util.List;

/** How a prune is told, to people and to programs. */
final class PruneView {

  private static final String FUTURE_HINT =
      "Set the clock right (timedatectl), or wait until it is past that time; a set with a wrong"
          + " date can be removed by hand.";

  private PruneView() {}

  /** A target that fails is worse than one that is busy, and that is worse than a refusal. */
  static int exitCodeOf(Report report) {
    List<FailureKind> failures =
        report.targets().stream().flatMap(t -> t.failure().stream()).map(Failure::kind).toList();
    if (failures.stream().anyMatch(kind -> kind != FailureKind.BUSY)) {
      return ExitCode.STORAGE;
    }
    if (!failures.isEmpty()) {
      return ExitCode.BUSY;
    }
    boolean refused = report.targets().stream().anyMatch(t -> t.refusal().isPresent());
    return refused ? ExitCode.PARTIAL : ExitCode.DONE;
  }

  static List<Json.Fields> json(Report report) {
    return report.targets().stream().map(PruneView::json).toList();
  }

  private static Json.Fields json(PrunedTarget target) {
    return Json.object()
        .put("target", target.target())
        .put("location", target.location())
        .put("sets", target.sets().stream().map(PruneView::json).toList())
        .put("deletedSets", target.count(Outcome.DELETED))
        .put("deletedBytes", target.bytes(Outcome.DELETED))
        .put("toDeleteSets", target.count(Outcome.TO_DELETE))
        .put("toDeleteBytes", target.bytes(Outcome.TO_DELETE))
        .put("refusal", target.refusal().map(PruneView::json))
        .put("failure", target.failure().map(ErrorReport::ofPart));
  }

  private static Json.Fields json(PrunedSet pruned) {
    KeptSet set = pruned.decision().set();
    return Json.object()
        .put("id", set.id().toString())
        .put("standing", set.standing().name())
        .put("pinned", set.pinned())
        .put("inUse", set.inUse())
        .put("damaged", set.damaged())
        .put("bytes", set.bytes())
        .put("outcome", pruned.outcome().name())
        .put("reasons", pruned.decision().reasons().stream().map(PruneView::json).toList());
  }

  private static Json.Fields json(Reason reason) {
    return Json.object().put("code", reason.code()).put("text", reason.describe());
  }

  private static Json.Fields json(RetentionPlan.Refused refused) {
    return Json.object()
        .put("message", refused.explanation())
        .put("hint", FUTURE_HINT)
        .put("future", refused.future().stream().map(SetId::toString).toList());
  }

  /** Every set of every target, with its reasons, and what it comes to. */
  static void tables(Report report, Page page) {
    for (PrunedTarget target : report.targets()) {
      page.line("target " + target.target() + " (" + target.location() + ")");
      if (!target.sets().isEmpty()) {
        page.table(table(target));
      }
      ending(target, page);
    }
  }

  /** What each target comes to, a line each, for the report of another command. */
  static void summary(Report report, Page page) {
    report.targets().forEach(target -> ending(target, page));
  }

  private static void ending(PrunedTarget target, Page page) {
    String on = " on " + target.target() + ": ";
    if (target.refusal().isPresent()) {
      page.line(Style.BAD, "NOT PRUNED", on + target.refusal().get().explanation());
      page.line("  hint: " + FUTURE_HINT);
    } else if (target.failure().isPresent()) {
      page.line(
          Style.BAD,
          target.count(Outcome.DELETED) == 0 ? "NOT PRUNED" : "STOPPED",
          on + target.failure().get().getMessage());
      String hint = target.failure().get().hint();
      if (!hint.isEmpty()) {
        page.line("  hint: " + hint);
      }
    }
    if (!target.sets().isEmpty() || (target.refusal().isEmpty() && target.failure().isEmpty())) {
      page.line(totals(target));
    }
  }

  private static String totals(PrunedTarget target) {
    long deleted = target.count(Outcome.DELETED);
    long left = target.count(Outcome.TO_DELETE);
    StringBuilder text = new StringBuilder(target.target() + ": ");
    if (left == 0 || deleted > 0) {
      text.append(Quantity.count(deleted, "set"))
          .append(" deleted, ")
          .append(Quantity.bytes(target.bytes(Outcome.DELETED)))
          .append(" freed; ");
    }
    if (left > 0) {
      text.append(Quantity.count(left, "set"))
          .append(" to delete, ")
          .append(Quantity.bytes(target.bytes(Outcome.TO_DELETE)))
          .append("; ");
    }
    long kept = target.count(Outcome.KEPT) + target.count(Outcome.SPARED);
    return text.append(kept).append(" kept").toString();
  }

  private static Table table(PrunedTarget target) {
    Table table =
        new Table(
            Table.Column.text("SET"),
            Table.Column.text("WHAT"),
            Table.Column.number("FREES"),
            Table.Column.text("WHY"));
    for (PrunedSet set : target.sets()) {
      table.add(
          Table.Cell.of(set.decision().set().id().toString()),
          new Table.Cell(wordFor(set.outcome()), styleOf(set.outcome())),
          Table.Cell.of(frees(set) ? Quantity.bytes(set.decision().set().bytes()) : "-"),
          Table.Cell.of(
              set.outcome() == Outcome.SPARED
                  ? "pinned, read or published since it was decided"
                  : set.decision().why()));
    }
    return table;
  }

  private static boolean frees(PrunedSet set) {
    return switch (set.outcome()) {
      case KEPT, SPARED -> false;
      case TO_DELETE, DELETED -> true;
    };
  }

  private static String wordFor(Outcome outcome) {
    return switch (outcome) {
      case KEPT -> "keep";
      case TO_DELETE -> "delete";
      case DELETED -> "deleted";
      case SPARED -> "spared";
    };
  }

  private static Style styleOf(Outcome outcome) {
    return switch (outcome) {
      case KEPT -> Style.GOOD;
      case TO_DELETE, DELETED -> Style.DOUBTFUL;
      case SPARED -> Style.PLAIN;
    };
  }
}
