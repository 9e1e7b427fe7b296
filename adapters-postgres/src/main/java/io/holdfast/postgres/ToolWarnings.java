package io.holdfast.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gathers the warnings among the lines that a tool writes to its error output. */
final class ToolWarnings implements Consumer<String> {

  private static final String MARK = "warning:";
  private static final int MOST = 20;

  private final List<String> warnings = new ArrayList<>();
  private int left;

  @Override
  public synchronized void accept(String line) {
    if (!line.contains(MARK)) {
      return;
    }
    if (warnings.size() < MOST) {
      warnings.add(line.strip());
    } else {
      left++;
    }
  }

  /** The first of them, and how many more there were. */
  synchronized List<String> list() {
    List<String> list = new ArrayList<>(warnings);
    if (left > 0) {
      list.add("and " + left + " more warnings");
    }
    return list;
  }
}
