package io.holdfast.application.service;

import io.holdfast.domain.backup.SetId;
import java.util.Set;

/** What lies about the sets of a target that decides whether they may go. */
interface Marks {

  /** The sets that somebody has said are to stay. */
  Set<SetId> pinned();

  /** The sets that are being read. */
  Set<SetId> inUse();

  /** The sets whose newest verification failed. */
  Set<SetId> damaged();

  /** True when a set is pinned or being read by now. */
  boolean isWanted(SetId id);

  /** Removes all of it about a set that is gone. */
  void forget(SetId id);
}
