package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program at work. */
record Running(List<String> argv, Process process, Path out, Path err) implements AutoCloseable {

  /** Far beyond what anything here takes, so that a hang fails instead of stopping the suite. */
  private static final int PATIENCE_SECONDS = 180;

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Outcome await() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError(argv + " did not end in time; " + outcome(-1).told());
      }
      return outcome(process.exitValue());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Outcome outcome(int exit) {
    try {
      return new Outcome(argv, exit, text(out), text(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whatever was written, even where it is no UTF-8. */
  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** Sends a signal to this process alone. */
  void signal(String name) {
    Shell.call("kill", "-" + name, Long.toString(pid()));
  }

  /** Sends a signal to the whole process group, as a terminal does. */
  void signalGroup(String name) {
    assertThat(statOf(pid()).group()).as("leads a group").isEqualTo(pid());
    Shell.call("kill", "-" + name, "--", "-" + pid());
  }

  /** The processes of this one's session that still run, itself included. */
  List<String> session() {
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      List<String> found = new ArrayList<>();
      for (Path folder : processes) {
        Stat stat = statOf(Long.parseLong(folder.getFileName().toString()));
        if (stat.session() == pid() && stat.state() != 'Z') {
          found.add(folder.getFileName() + " " + Procs.commandLine(folder));
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Stat(char state, long group, long session) {}

  private static Stat statOf(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return new Stat(fields[0].charAt(0), Long.parseLong(fields[2]), Long.parseLong(fields[3]));
    } catch (IOException gone) {
      return new Stat('Z', -1, -1);
    }
  }

  /** Ends it, however it stands. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }
}
