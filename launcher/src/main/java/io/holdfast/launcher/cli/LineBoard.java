package io.holdfast.launcher.cli;

import io.holdfast.application.port.out.event.BackupEvent;
import java.util.OptionalLong;

/** Tasks as plain lines, for logs: one when a task begins. How it ended is told by its result. */
final class LineBoard implements Progress.TaskBoard {

  private final Progress.LineWriter lines;

  LineBoard(Progress.LineWriter lines) {
    this.lines = lines;
  }

  @Override
  public void started(BackupEvent.TaskStarted task) {
    OptionalLong total = task.totalBytes();
    String size = total.isPresent() ? " (" + Quantity.bytes(total.getAsLong()) + ")" : "";
    lines.say(SafeText.line(task.task()) + size);
  }

  @Override
  public void advanced(BackupEvent.TaskAdvanced step) {}

  @Override
  public void ended(BackupEvent.TaskEnded task) {}

  @Override
  public void close() {}
}
