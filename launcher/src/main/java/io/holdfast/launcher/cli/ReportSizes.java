package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ReportRecovery.ArtifactSizes;
import io.holdfast.application.port.in.ReportRecovery.PastSet;
import io.holdfast.application.port.in.ReportRecovery.Report;
import io.holdfast.application.port.in.ReportRecovery.TargetPast;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.trend.SetSize;
import io.holdfast.launcher.cli.ReportTables.Cell;
import io.holdfast.launcher.cli.ReportTables.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How sets and their largest artifacts have grown. */
record ReportSizes(Html html, Report report, ReportTimes times) {

  void write() {
    List<SetSize> sets = sets();
    if (sets.size() < 2) {
      html.text("p", "There are too few sets to tell how they grow.");
      return;
    }
    curves("sizes", "Size of each set", List.of(new ArtifactSizes("all of a set", sets)));
    if (!report.artifacts().isEmpty()) {
      curves("artifacts", "Size of the largest artifacts", report.artifacts());
      legend();
      ReportTables.write(
          html,
          "The largest artifacts, as their files are stored",
          List.of(
              Column.of("Artifact"),
              Column.number("First"),
              Column.number("Newest"),
              Column.number("Smallest"),
              Column.number("Largest"),
              Column.number("Sets")),
          report.artifacts().stream().map(ReportSizes::row).toList());
    }
  }

  /** Each once; where targets differ the largest: one of them lacks something. */
  private List<SetSize> sets() {
    Map<SetId, Long> sizes = new TreeMap<>();
    for (TargetPast target : report.targets()) {
      target.sets().stream()
          .filter(set -> PastStates.style(set.state()).equals("good"))
          .forEach((PastSet set) -> sizes.merge(set.id(), set.bytes(), Math::max));
    }
    return sizes.entrySet().stream().map(e -> new SetSize(e.getKey(), e.getValue())).toList();
  }

  private void curves(String id, String title, List<ArtifactSizes> curves) {
    long most =
        curves.stream().flatMap(c -> c.sizes().stream()).mapToLong(SetSize::bytes).max().orElse(1);
    Instant now = report.now().at();
    ReportPlot plot = new ReportPlot(html, report.since(), now, ReportScale.bytes((double) most));
    plot.open(id, title, description(curves));
    for (int i = 0; i < curves.size(); i++) {
      StringBuilder points = new StringBuilder();
      curves
          .get(i)
          .sizes()
          .forEach(
              size ->
                  points
                      .append(points.isEmpty() ? "" : " ")
                      .append(ReportPlot.number(plot.x(size.id().begun())))
                      .append(',')
                      .append(ReportPlot.number(plot.y((double) size.bytes()))));
      html.shape("polyline", "class", "curve c" + i, "points", points.toString());
    }
    plot.close(Optional.empty(), "", times);
  }

  private static String description(List<ArtifactSizes> curves) {
    List<String> sentences = new ArrayList<>();
    for (ArtifactSizes curve : curves) {
      List<SetSize> sizes = curve.sizes();
      sentences.add(
          curve.name()
              + ": from "
              + Quantity.bytes(sizes.get(0).bytes())
              + " to "
              + Quantity.bytes(sizes.get(sizes.size() - 1).bytes())
              + " over "
              + Quantity.count(sizes.size(), "set"));
    }
    return String.join("; ", sentences) + ".";
  }

  private void legend() {
    html.open("ul", "class", "legend");
    for (int i = 0; i < report.artifacts().size(); i++) {
      html.open("li").open("svg", "viewBox", "0 0 36 12", "aria-hidden", "true");
      html.shape("line", "class", "curve c" + i, "x1", "0", "y1", "6", "x2", "36", "y2", "6");
      html.close().text(report.artifacts().get(i).name()).close();
    }
    html.close();
  }

  private static List<Cell> row(ArtifactSizes artifact) {
    List<SetSize> sizes = artifact.sizes();
    return List.of(
        Cell.of(artifact.name()),
        Cell.of(Quantity.bytes(sizes.get(0).bytes())),
        Cell.of(Quantity.bytes(sizes.get(sizes.size() - 1).bytes())),
        Cell.of(Quantity.bytes(smallest(sizes))),
        Cell.of(
            Quantity.bytes(
                sizes.stream().max(Comparator.comparing(SetSize::bytes)).orElseThrow().bytes())),
        Cell.of(Integer.toString(sizes.size())));
  }

  private static long smallest(List<SetSize> sizes) {
    return sizes.stream().mapToLong(SetSize::bytes).min().orElse(0);
  }
}
