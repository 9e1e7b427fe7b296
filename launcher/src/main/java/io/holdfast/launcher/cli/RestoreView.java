package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.in.RestoreBackup.RestoredItem;

/** What a restore did or would do, as a document and as a page. */
final class RestoreView {

  private RestoreView() {}

  static Json.Fields json(RestoreBackup.Result result) {
    return Json.object()
        .put("command", "restore")
        .put("set", result.set())
        .put("location", result.location())
        .put("executed", result.executed())
        .put("verifySeconds", result.verifying())
        .put("seconds", result.took())
        .put("items", result.items().stream().map(RestoreView::json).toList());
  }

  private static Json.Fields json(RestoredItem item) {
    return ArtifactJson.named(item.id())
        .put("target", item.target())
        .put("steps", item.steps())
        .put(
            "obstacles",
            item.obstacles().stream()
                .map(o -> Json.object().put("problem", o.problem()).put("remedy", o.remedy()))
                .toList())
        .put("warnings", item.warnings())
        .put("failure", item.failure())
        .put("seconds", item.took())
        .put("check", item.check().map(RestoreView::json));
  }

  private static Json.Fields json(RestoreBackup.Check check) {
    return Json.object()
        .put("compared", check.compared())
        .put(
            "differences",
            check.differences().stream()
                .map(d -> Json.object().put("subject", d.subject()).put("detail", d.detail()))
                .toList())
        .put("skipped", check.skipped());
  }

  static void text(RestoreBackup.Result result, Page page) {
    String what = result.executed() ? "restored from " : "plan for a restore from ";
    page.line(what + result.set() + " (" + result.location() + ")");
    for (RestoredItem item : result.items()) {
      text(item, result.executed(), page);
    }
    if (result.executed() && !result.took().isZero()) {
      page.line(
          "took "
              + Quantity.duration(result.took())
              + ", of which "
              + Quantity.duration(result.verifying())
              + " to verify the set");
    }
    if (!result.executed()) {
      long refused = result.items().stream().filter(item -> !item.obstacles().isEmpty()).count();
      page.line(
          refused == 0
              ? "nothing was changed"
              : "nothing was changed; as it is the restore would be refused");
    }
  }

  private static void text(RestoredItem item, boolean executed, Page page) {
    String name = item.id().describe() + asOther(item);
    if (item.failure().isPresent()) {
      page.line(Style.BAD, "FAILED  ", "  " + name + ": " + item.failure().get());
    } else if (!item.obstacles().isEmpty()) {
      page.line(Style.BAD, "REFUSED ", "  " + name);
    } else {
      String time = executed ? " in " + Quantity.duration(item.took()) : "";
      page.line(Style.GOOD, executed ? "RESTORED" : "READY   ", "  " + name + time);
    }
    item.obstacles()
        .forEach(
            obstacle -> {
              page.line(Style.BAD, "  in the way: ", obstacle.problem());
              if (!obstacle.remedy().isEmpty()) {
                page.line("  hint: " + obstacle.remedy());
              }
            });
    item.steps().forEach(step -> page.line("  " + step));
    item.warnings().forEach(warning -> page.line(Style.DOUBTFUL, "  warning: ", warning));
    item.check().ifPresent(done -> text(done, page));
  }

  private static void text(RestoreBackup.Check check, Page page) {
    if (check.skipped().isPresent()) {
      page.line(Style.DOUBTFUL, "  not compared: ", check.skipped().get());
    } else if (check.differs()) {
      check.differences().forEach(d -> page.line(Style.BAD, "  differs: ", d.describe()));
    } else {
      page.line("  equal: " + check.compared());
    }
  }

  private static String asOther(RestoredItem item) {
    return item.target().equals(item.id().name()) ? "" : " as " + item.target();
  }
}
