package io.holdfast.launcher.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells in columns that line up. Every cell is made safe for a terminal. */
final class Table {

  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  /** A table with a heading over each column. */
  Table(Column... columns) {
    this.columns = List.of(columns);
  }

  /**
   * A column.
   *
   * @param heading over it
   * @param rightAligned true for numbers
   */
  record Column(String heading, boolean rightAligned) {

    static Column text(String heading) {
      return new Column(heading, false);
    }

    static Column number(String heading) {
      return new Column(heading, true);
    }
  }

  /**
   * A cell.
   *
   * @param text any text
   * @param style how it stands out
   */
  record Cell(String text, Style style) {
    Cell {
      text = SafeText.line(text);
    }

    static Cell of(String text) {
      return new Cell(text, Style.PLAIN);
    }
  }

  /** Adds a row with a cell for each column. */
  void add(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException("a row of " + cells.length + " cells");
    }
    rows.add(List.of(cells));
  }

  /** The lines, with no blanks at their ends. */
  List<String> render(boolean colours) {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = columns.get(i).heading().length();
      for (List<Cell> row : rows) {
        widths[i] = Math.max(widths[i], widthOf(row.get(i).text()));
      }
    }
    List<Cell> headings =
        columns.stream().map(column -> new Cell(column.heading(), Style.HEADING)).toList();
    List<String> lines = new ArrayList<>();
    lines.add(line(headings, widths, colours));
    rows.forEach(row -> lines.add(line(row, widths, colours)));
    return lines;
  }

  private String line(List<Cell> row, int[] widths, boolean colours) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      Cell cell = row.get(i);
      String padding = " ".repeat(widths[i] - widthOf(cell.text()));
      String text = cell.style().apply(cell.text(), colours);
      line.append(i == 0 ? "" : GAP);
      line.append(columns.get(i).rightAligned() ? padding + text : text + padding);
    }
    return line.toString().stripTrailing();
  }

  private static int widthOf(String text) {
    return text.codePointCount(0, text.length());
  }
}
