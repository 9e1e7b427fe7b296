package io.holdfast.launcher.cli;

import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.port.out.store.Verdict;

/** What lies about a set on its target, for people and for programs. */
final class Marks {

  private Marks() {}

  static Json.Fields json(Pin pin) {
    return Json.object().put("reason", pin.reason()).put("since", pin.since()).put("by", pin.by());
  }

  static Json.Fields json(Verdict verdict) {
    return Json.object()
        .put("at", verdict.at())
        .put("whole", verdict.whole())
        .put("deep", verdict.deep())
        .put("everything", verdict.everything())
        .put("bytes", verdict.bytes())
        .put("files", verdict.files())
        .put("problems", verdict.problems());
  }

  /** {@code pinned: before the migration}. */
  static String pinned(String where, Pin pin) {
    return "pinned" + where + pin.reason().map(reason -> ": " + reason).orElse("");
  }

  /** The lines of {@code show}. */
  static void show(Pin pin, Page page) {
    String by = pin.by().isEmpty() ? "" : " by " + pin.by();
    page.line(
        "pinned    since " + pin.since() + by + pin.reason().map(why -> ": " + why).orElse(""));
  }

  /** The lines of {@code show}. */
  static void show(Verdict verdict, Page page) {
    String what =
        (verdict.everything()
                ? "every file"
                : "a sample of " + Quantity.count(verdict.files().size(), "file"))
            + (verdict.deep() ? ", deep" : "")
            + ", "
            + Quantity.bytes(verdict.bytes())
            + " read";
    page.line(
        verdict.whole() ? Style.GOOD : Style.BAD,
        "verified  " + (verdict.whole() ? "WHOLE" : "DAMAGED"),
        "  at " + verdict.at() + ", " + what);
    verdict.problems().forEach(problem -> page.line("          " + problem));
  }
}
