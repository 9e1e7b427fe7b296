package io.holdfast.podman.testing;

import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import java.util.ArrayList;
import java.util.List;

/** A journal that forgets with the process; tells what is written down and not struck. */
public final class MemoryJournal implements RecoveryJournal {

  private final List<MemoryEntry> entries = new ArrayList<>();

  @Override
  public synchronized Entry record(Intent intent) {
    MemoryEntry entry = new MemoryEntry(intent);
    entries.add(entry);
    return entry;
  }

  @Override
  public synchronized List<Entry> abandoned() {
    return List.copyOf(entries);
  }

  /** The intents that are not struck, the oldest first. */
  public synchronized List<Intent> open() {
    return entries.stream().map(MemoryEntry::intent).toList();
  }

  private final class MemoryEntry implements Entry {

    private final Intent intent;

    MemoryEntry(Intent intent) {
      this.intent = intent;
    }

    @Override
    public Intent intent() {
      return intent;
    }

    @Override
    public void strike() {
      synchronized (MemoryJournal.this) {
        entries.remove(this);
      }
    }
  }
}
