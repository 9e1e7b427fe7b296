package io.holdfast.application.testing;

import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A journal in memory. */
public final class FakeJournal implements RecoveryJournal {

  private final List<Entry> open = new CopyOnWriteArrayList<>();
  private final List<Entry> abandoned = new CopyOnWriteArrayList<>();

  /** Writes down what a run that was killed had begun. */
  public void leave(Intent intent) {
    abandoned.add(new MemoryEntry(intent, abandoned));
  }

  /** What is written down by a run that lives. */
  public List<Intent> open() {
    return open.stream().map(Entry::intent).toList();
  }

  @Override
  public Entry record(Intent intent) {
    Entry entry = new MemoryEntry(intent, open);
    open.add(entry);
    return entry;
  }

  @Override
  public List<Entry> abandoned() {
    return List.copyOf(abandoned);
  }

  private record MemoryEntry(Intent intent, List<Entry> in) implements Entry {
    @Override
    public void strike() {
      in.removeIf(other -> other == this);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
