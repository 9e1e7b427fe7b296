package io.holdfast.application.port.out.recovery;

import java.util.List;

/**
 * Remembers on this host's disk what must be undone if Holdfast is killed. An entry is durable
 * before {@link #record} returns.
 */
public interface RecoveryJournal {

  /** Writes an intent down, before it is acted upon. */
  Entry record(Intent intent);

  /** The entries whose process is gone, the oldest first. */
  List<Entry> abandoned();

  /** An intent that is written down. */
  interface Entry {

    /** What was intended. */
    Intent intent();

    /** Strikes it out: it was carried through or undone. */
    void strike();
  }
}
