package io.holdfast.launcher.cli;

import io.holdfast.domain.backup.Cut;
import io.holdfast.domain.backup.Cut.ClusterCut;
import java.util.Optional;

/** The moment of which a set is, as it is shown. */
final class CutView {

  private CutView() {}

  static Json.Fields json(Cut cut) {
    return Json.object()
        .put("at", cut.at())
        .put("clusters", cut.clusters().stream().map(CutView::json).toList())
        .put("held", cut.held())
        .put("holdSeconds", cut.hold())
        .put("skewSeconds", cut.skew())
        .put("remarks", cut.remarks());
  }

  private static Json.Fields json(ClusterCut cluster) {
    return Json.object()
        .put("cluster", cluster.cluster())
        .put("firstAt", cluster.first().map(Cut.Place::at))
        .put("firstLsn", cluster.first().map(Cut.Place::lsn))
        .put("at", cluster.at())
        .put("lsn", cluster.lsn());
  }

  /** For the report of a backup: {@code Held web for 0.8 s.} */
  static Optional<String> hold(Cut cut) {
    return cut.held().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Held " + String.join(", ", cut.held()) + " for " + Quantity.duration(cut.hold()));
  }

  static void text(Cut cut, Page page) {
    String skew =
        cut.skew().isZero() ? "one moment" : "spread over " + Quantity.duration(cut.skew());
    page.line("cut       " + cut.at() + ", " + skew);
    for (ClusterCut cluster : cut.clusters()) {
      String from =
          cluster
              .first()
              .map(first -> "from " + first.lsn() + ", " + first.at() + " to ")
              .orElse("at ");
      page.line(
          "          " + cluster.cluster() + " " + from + cluster.lsn() + ", " + cluster.at());
    }
    hold(cut).ifPresent(held -> page.line("          " + held));
    cut.remarks().forEach(remark -> page.line("          " + remark));
  }
}
