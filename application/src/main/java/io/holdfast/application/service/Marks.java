package io.holdfast.application.service;

import io.holdfast.domain.backup.SetId;
import java.util.Set;
import java.util.TreeSet;

/** What lies about the sets of a target that decides whether they may go. */
interface Marks {

  /** The sets that somebody has said are to stay. */
  Set<SetId> pinned();

  /** The sets that are being read. */
  Set<SetId> inUse();

  /** The sets whose newest verification failed. */
  Set<SetId> damaged();

  /** The sets that are pinned or being read by now. */
  default Set<SetId> wanted() {
    Set<SetId> wanted = new TreeSet<>(pinned());
    wanted.addAll(inUse());
    return wanted;
  }

  /** Removes all of it about a set that is gone. */
  void forget(SetId id);
}
