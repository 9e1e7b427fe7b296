package io.holdfast.launcher.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The frame of a drawing over time: a scale, a grid, a limit. Lines are stretched to the width that
 * there is and words are not, so that both can be read on a phone.
 */
final class ReportPlot {

  private final Html html;
  private final Instant first;
  private final Instant last;
  private final ReportScale scale;

  ReportPlot(Html html, Instant first, Instant last, ReportScale scale) {
    this.html = html;
    this.first = first;
    this.last = last;
    this.scale = scale;
  }

  /**
   * Begins a figure, up to the drawing.
   *
   * @param id a word that no other figure has
   * @param title what it shows
   * @param description what is to be seen in it, for who does not
   */
  void open(String id, String title, String description) {
    html.open("figure").text("figcaption", title);
    html.open("div", "class", "plot").open("div", "class", "scale", "aria-hidden", "true");
    for (int step = 0; step <= scale.steps(); step++) {
      double value = step * scale.step();
      html.text("span", scale.words().apply(value), "style", "top:" + number(y(value)) + "%");
    }
    html.close().open("div", "class", "area");
    html.open(
        "svg",
        "viewBox",
        "0 0 1000 100",
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-labelledby",
        id + "-title " + id + "-desc");
    html.text("title", title, "id", id + "-title").text("desc", description, "id", id + "-desc");
    for (int step = 1; step <= scale.steps(); step++) {
      line("grid", y(step * scale.step()));
    }
  }

  /**
   * Ends it.
   *
   * @param limit a value that is not to be passed
   * @param name what that is called
   */
  void close(Optional<Double> limit, String name, ReportTimes times) {
    limit.filter(value -> value <= scale.top()).ifPresent(value -> line("rule", y(value)));
    html.close();
    limit
        .filter(value -> value <= scale.top())
        .ifPresent(
            value ->
                html.text(
                    "span",
                    name,
                    "class",
                    "limit",
                    "aria-hidden",
                    "true",
                    "style",
                    "top:" + number(y(value)) + "%"));
    html.close().open("div", "class", "time", "aria-hidden", "true");
    Duration half = Duration.between(first, last).dividedBy(2);
    html.text("span", times.shortDay(first))
        .text("span", times.shortDay(first.plus(half)))
        .text("span", times.shortDay(last));
    html.close().close().close().line();
  }

  double x(Instant at) {
    double all = Math.max(1, Duration.between(first, last).toSeconds());
    return Math.max(0, Math.min(1000, 1000 * Duration.between(first, at).toSeconds() / all));
  }

  double y(double value) {
    return 100 - 100 * value / scale.top();
  }

  /** A bar up to a value. */
  void bar(String style, double left, double right, double value) {
    html.shape(
        "rect",
        "class",
        style,
        "x",
        number(left),
        "y",
        number(y(value)),
        "width",
        number(Math.max(1, right - left)),
        "height",
        number(100 - y(value)));
  }

  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private void line(String style, double y) {
    html.shape("line", "class", style, "x1", "0", "x2", "1000", "y1", number(y), "y2", number(y));
  }
}
