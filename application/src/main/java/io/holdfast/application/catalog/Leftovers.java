package io.holdfast.application.catalog;

import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.domain.backup.SetId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What earlier holders of a lock left beside it. Whoever holds the lock may remove all of it: a
 * claim on a lock that is gone gives no right any more, be its owner dead or alive.
 */
final class Leftovers {

  private final LockFolder folder;
  private final List<BlobKey> keys;
  private final List<SetId> claimed;

  private Leftovers(LockFolder folder, List<BlobKey> keys, List<SetId> claimed) {
    this.folder = folder;
    this.keys = keys;
    this.claimed = claimed;
  }

  /** Those beside a holder's own lock. */
  static Leftovers of(LockFolder folder, LockHolder self) {
    List<BlobKey> keys = folder.leftovers(self);
    List<SetId> claimed = new ArrayList<>();
    folder.claims(keys).forEach(claim -> claimed.addAll(claim.inherited()));
    return new Leftovers(folder, keys, claimed);
  }

  /**
   * Removes them. The order matters: first every writer is stopped, where the store can do that,
   * then the sets go, then the names under which they are remembered.
   *
   * @param gone the one before us, when its process is known to be no more
   */
  Aftermath clean(SetCatalog catalog, LockHolder self, Optional<LockHolder> gone) {
    folder.target().store().clearAbandoned();
    Set<SetId> unfinished = new LinkedHashSet<>(self.inherited());
    unfinished.addAll(claimed);
    List<SetId> removed = new ArrayList<>();
    List<SetId> left = new ArrayList<>();
    for (SetId set : unfinished) {
      boolean safe =
          folder.target().store().clearingStopsWriters()
              || gone.flatMap(LockHolder::set).filter(set::equals).isPresent();
      if (!safe && catalog.isUnfinished(set)) {
        left.add(set);
      } else if (safe && catalog.clearUnfinished(set)) {
        removed.add(set);
      }
    }
    keys.forEach(folder::delete);
    return new Aftermath(removed, left);
  }
}
