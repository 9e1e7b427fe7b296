package io.holdfast.postgres;

import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A journal in memory. */
final class MemoryJournal implements RecoveryJournal {

  final List<Intent> recorded = new CopyOnWriteArrayList<>();
  final List<Entry> open = new CopyOnWriteArrayList<>();
  final List<Entry> abandoned = new CopyOnWriteArrayList<>();

  @Override
  public Entry record(Intent intent) {
    recorded.add(intent);
    Entry entry = entry(intent);
    open.add(entry);
    return entry;
  }

  Entry entry(Intent intent) {
    return new Entry() {
      @Override
      public Intent intent() {
        return intent;
      }

      @Override
      public void strike() {
        open.remove(this);
        abandoned.remove(this);
      }
    };
  }

  @Override
  public List<Entry> abandoned() {
    return abandoned;
  }
}
