package io.holdfast.application.port.in;

import io.holdfast.application.port.failure.StorageFailure;
import java.util.List;
import java.util.Optional;

/** Lists what the targets hold. */
public interface ListBackups {

  /**
   * Every set of one target or of all, newest first, then by target as configured. Each manifest is
   * read once.
   *
   * @param target the one target to look at; empty for all
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when there is no such target
   */
  Listing list(Optional<String> target);

  /**
   * What the targets hold.
   *
   * @param sets the sets of those that could be read
   * @param unread why others could not
   */
  record Listing(List<ListedSet> sets, List<StorageFailure> unread) {
    public Listing {
      sets = List.copyOf(sets);
      unread = List.copyOf(unread);
    }
  }
}
