package io.holdfast.launcher.cli;

import io.holdfast.application.port.out.event.BackupEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * One bar on the terminal's last line for all tasks under way: bytes, rate, time left. Other lines
 * are written above it.
 */
final class BarBoard implements Progress.TaskBoard {

  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final int REDRAW_MILLIS = 250;
  private static final long MEBIBYTE = 1L << 20;

  private final Console console;
  private final Map<String, Task> running = new LinkedHashMap<>();
  private final BottomLine bottomLine = new BottomLine();
  private @Nullable ProgressBar bar;
  private long endedBytes;

  BarBoard(Console console) {
    this.console = console;
  }

  /** How far a task is. */
  private static final class Task {
    private final OptionalLong total;
    private long done;

    Task(OptionalLong total) {
      this.total = total;
    }
  }

  @Override
  public synchronized void started(BackupEvent.TaskStarted task) {
    if (bar == null) {
      bar = build();
    }
    running.put(task.task(), new Task(task.totalBytes()));
    update(bar);
  }

  @Override
  public synchronized void advanced(BackupEvent.TaskAdvanced step) {
    Task task = running.get(step.task());
    ProgressBar shown = bar;
    if (task == null || shown == null) {
      return;
    }
    task.done += step.bytes();
    if (task.total.isPresent() && task.done > task.total.getAsLong()) {
      update(shown);
    } else {
      shown.stepBy(step.bytes());
    }
  }

  @Override
  public synchronized void ended(BackupEvent.TaskEnded ended) {
    Task task = running.remove(ended.task());
    ProgressBar shown = bar;
    if (task != null && shown != null) {
      endedBytes += task.done;
      update(shown);
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      bottomLine.close();
    }
  }

  /** Writes a line where the bar is; the bar comes back below it. */
  void sayAbove(String line) {
    synchronized (console) {
      console.sayText(CLEAR_LINE);
      console.say(line);
    }
  }

  private void update(ProgressBar shown) {
    long done = endedBytes;
    long total = endedBytes;
    boolean known = true;
    for (Task task : running.values()) {
      done += task.done;
      total += Math.max(task.done, task.total.orElse(0));
      known &= task.total.isPresent();
    }
    shown.maxHint(known ? Math.max(total, 1) : -1);
    shown.stepTo(done);
    shown.setExtraMessage(" " + title());
  }

  private String title() {
    String first = running.keySet().stream().findFirst().map(SafeText::line).orElse("");
    return running.size() > 1 ? first + " (+" + (running.size() - 1) + ")" : first;
  }

  private ProgressBar build() {
    return new ProgressBarBuilder()
        .setTaskName("")
        .setInitialMax(-1)
        .setUnit(" MiB", MEBIBYTE)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .showSpeed()
        .setConsumer(bottomLine)
        .build();
  }

  /**
   * Draws the bar over itself; leaves nothing when it ends. The library's own thread may be in the
   * middle of a drawing then, which comes too late.
   */
  private final class BottomLine implements ProgressBarConsumer {

    private boolean closed;

    @Override
    public int getMaxRenderedLength() {
      return console.terminal().columns() - 1;
    }

    @Override
    public synchronized void accept(String rendered) {
      if (!closed) {
        console.sayText(CLEAR_LINE + rendered);
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      console.sayText(CLEAR_LINE);
    }
  }
}
