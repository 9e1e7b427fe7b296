package io.holdfast.application.testing;

import io.holdfast.application.port.out.recovery.ProcessTable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A table of processes that live while a test says so; the test's own pid is 100. */
public final class FakeProcesses implements ProcessTable {

  /** The pid of the process that asks. */
  public static final long SELF = 100;

  private final Map<Long, String> marks = new ConcurrentHashMap<>(Map.of(SELF, "mark-100"));

  @Override
  public long self() {
    return SELF;
  }

  @Override
  public Optional<String> markOf(long pid) {
    return Optional.ofNullable(marks.get(pid));
  }

  /** Lets a process live, with this mark. */
  public void start(long pid, String mark) {
    marks.put(pid, mark);
  }
}
