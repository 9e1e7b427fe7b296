package io.holdfast.storage.state;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.recovery.ProcessTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads Linux's {@code /proc}. A process is told from all others by the host's boot id and the
 * clock tick at which it was started (proc(5), field 22 of {@code /proc/PID/stat}).
 */
public final class LinuxProcessTable implements ProcessTable {

  /** Fields after the command's name, which may hold anything: the state is the first. */
  private static final int STATE = 0;

  private static final int START_TICKS = 19;

  private final Path proc;

  /** This host's. */
  public LinuxProcessTable() {
    this(Path.of("/proc"));
  }

  LinuxProcessTable(Path proc) {
    this.proc = proc;
  }

  @Override
  public long self() {
    return ProcessHandle.current().pid();
  }

  @Override
  public Optional<String> markOf(long pid) {
    String boot = bootId();
    String stat;
    try {
      stat = Files.readString(proc.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
    } catch (IOException noSuchProcess) {
      return Optional.empty();
    }
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length <= START_TICKS || isDead(fields[STATE])) {
      return Optional.empty();
    }
    return Optional.of(boot + ":" + fields[START_TICKS]);
  }

  /** A zombie runs no more: whoever waits for it, its work is not going on. */
  private static boolean isDead(String state) {
    return state.equals("Z") || state.equals("X");
  }

  private String bootId() {
    Path file = proc.resolve("sys/kernel/random/boot_id");
    try {
      return Files.readString(file, StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new ConfigurationFailure(
          "Cannot tell which processes live: " + file + " cannot be read",
          "Holdfast needs Linux with /proc mounted.",
          e);
    }
  }
}
