package io.holdfast.application.port.in;

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
   * @throws io.holdfast.application.port.failure.StorageFailure when a target cannot be read
   */
  List<ListedSet> list(Optional<String> target);
}
