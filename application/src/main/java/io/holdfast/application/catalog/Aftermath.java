package io.holdfast.application.catalog;

import io.holdfast.domain.backup.SetId;
import java.util.List;

/**
 * What became of the unfinished sets of earlier holders of a lock.
 *
 * @param removed those that are gone now
 * @param left those that were left where they are, see {@link SetDraft}
 */
public record Aftermath(List<SetId> removed, List<SetId> left) {
  public Aftermath {
    removed = List.copyOf(removed);
    left = List.copyOf(left);
  }
}
