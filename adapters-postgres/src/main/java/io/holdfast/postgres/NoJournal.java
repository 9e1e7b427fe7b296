package io.holdfast.postgres;

import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import java.util.List;

/**
 * The journal of a cluster that is Holdfast's own while it is filled. It remembers nothing: the
 * server goes with all its databases, and what stands in this host's journal under a cluster's name
 * would be undone on the configured cluster of that name.
 */
final class NoJournal implements RecoveryJournal {

  @Override
  public Entry record(Intent intent) {
    return new Entry() {
      @Override
      public Intent intent() {
        return intent;
      }

      @Override
      public void strike() {
        // There is nothing to strike out.
      }
    };
  }

  @Override
  public List<Entry> abandoned() {
    return List.of();
  }
}
