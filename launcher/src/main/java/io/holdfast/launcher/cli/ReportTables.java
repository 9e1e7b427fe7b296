package io.holdfast.launcher.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Tables of a report's page, in a frame that scrolls by itself where the page is narrow. One of
 * many columns has its rows one below the other there, each value beside its heading.
 */
final class ReportTables {

  private static final int MOST_SIDE_BY_SIDE = 5;

  private ReportTables() {}

  /**
   * A column.
   *
   * @param heading over it
   * @param style of its cells: {@code number}, {@code free} for sentences, or nothing
   */
  record Column(String heading, String style) {

    static Column of(String heading) {
      return new Column(heading, "");
    }

    static Column number(String heading) {
      return new Column(heading, "number");
    }

    static Column free(String heading) {
      return new Column(heading, "free");
    }
  }

  /**
   * A cell.
   *
   * @param text any text
   * @param word how the text stands out, as a badge; empty for a plain one
   */
  record Cell(String text, String word) {

    static Cell of(String text) {
      return new Cell(text, "");
    }

    static Cell word(String style, String text) {
      return new Cell(text, style);
    }
  }

  /** The first cell of each row is its heading. */
  static void write(Html html, String caption, List<Column> columns, List<List<Cell>> rows) {
    html.open("div", "class", "wide", "role", "region", "tabindex", "0", "aria-label", caption);
    boolean stacked = columns.size() > MOST_SIDE_BY_SIDE;
    html.open("table", "class", stacked ? "list stack" : "list")
        .text("caption", caption)
        .open("thead")
        .open("tr");
    columns.forEach(
        column -> html.text("th", column.heading(), "scope", "col", "class", column.style()));
    html.close().close().open("tbody").line();
    for (List<Cell> row : rows) {
      html.open("tr");
      for (int i = 0; i < row.size(); i++) {
        write(html, columns.get(i), row.get(i), i == 0, stacked);
      }
      html.close().line();
    }
    html.close().close().close().line();
  }

  private static void write(Html html, Column column, Cell cell, boolean heading, boolean stacked) {
    List<String> attributes = new ArrayList<>();
    if (heading) {
      attributes.addAll(List.of("scope", "row"));
    } else {
      if (!column.style().isEmpty()) {
        attributes.addAll(List.of("class", column.style()));
      }
      if (stacked) {
        attributes.addAll(List.of("data-heading", column.heading()));
      }
    }
    html.open(heading ? "th" : "td", attributes.toArray(String[]::new));
    if (cell.word().isEmpty()) {
      html.text(cell.text());
    } else {
      html.text("span", cell.text(), "class", "word " + cell.word());
    }
    html.close();
  }
}
