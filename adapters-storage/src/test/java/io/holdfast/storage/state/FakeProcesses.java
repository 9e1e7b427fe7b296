package io.holdfast.storage.state;

import io.holdfast.application.port.out.recovery.ProcessTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Processes as a test wants them. */
final class FakeProcesses implements ProcessTable {

  private final Map<Long, String> marks = new HashMap<>();
  private long self;

  FakeProcesses(long self) {
    be(self, "mark" + self);
  }

  /** Becomes another process; the one before goes on. */
  void be(long pid, String mark) {
    self = pid;
    marks.put(pid, mark);
  }

  void end(long pid) {
    marks.remove(pid);
  }

  @Override
  public long self() {
    return self;
  }

  @Override
  public Optional<String> markOf(long pid) {
    return Optional.ofNullable(marks.get(pid));
  }
}
