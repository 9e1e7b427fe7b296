package io.holdfast.storage.state;

import io.holdfast.application.port.out.history.RunJournal.LogLine;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A run's log on disk. When it would grow beyond its bound its middle is left out: the first lines
 * tell how a run began, the last how it came to its end. What is there is whole lines at any
 * moment.
 */
final class BoundedLog implements AutoCloseable {

  private final Path file;
  private final int most;
  private FileOutputStream out;
  private long length;
  private long head;
  private long mark;
  private long leftOut;

  /**
   * Begins a log.
   *
   * @param most how many bytes it may have
   */
  BoundedLog(Path file, int most) throws IOException {
    this.file = file;
    this.most = most;
    Files.createFile(file, StateFolder.FILE_MODE);
    this.out = new FileOutputStream(file.toFile(), true);
  }

  /** Takes a line. */
  synchronized void add(LogLine line) throws IOException {
    byte[] bytes = LogLines.write(line);
    if (length + bytes.length > most) {
      leaveOut(line);
    }
    out.write(bytes);
    length += bytes.length;
    if (mark == 0 && length <= most / 4) {
      head = length;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }

  /** Keeps the first quarter and the last one. */
  private void leaveOut(LogLine next) throws IOException {
    byte[] all = SmallFile.read(file, most);
    int afterHead = (int) (head + mark);
    int tail = Math.max(afterHead, all.length - most / 4);
    while (tail < all.length && tail > afterHead && all[tail - 1] != '\n') {
      tail++;
    }
    leftOut += newlines(all, afterHead, tail);
    byte[] marker =
        LogLines.write(
            new LogLine(next.at(), "info", leftOut + " lines are left out here, of a long run"));
    int kept = all.length - tail;
    byte[] shorter = Arrays.copyOf(all, (int) head + marker.length + kept);
    System.arraycopy(marker, 0, shorter, (int) head, marker.length);
    System.arraycopy(all, tail, shorter, (int) head + marker.length, kept);
    out.close();
    ReplacedFile.write(file, shorter);
    out = new FileOutputStream(file.toFile(), true);
    mark = marker.length;
    length = shorter.length;
  }

  private static long newlines(byte[] bytes, int from, int to) {
    byte[] part = Arrays.copyOfRange(bytes, from, to);
    long count = 0;
    for (byte each : part) {
      count += each == '\n' ? 1 : 0;
    }
    return count;
  }
}
