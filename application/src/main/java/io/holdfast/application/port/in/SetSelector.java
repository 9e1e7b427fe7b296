package io.holdfast.application.port.in;

import io.holdfast.domain.backup.SetId;
import java.nio.file.Path;
import java.util.Optional;

/** Which set an operator means. */
public sealed interface SetSelector {

  /**
   * One by its id.
   *
   * @param id the id
   * @param target the target to read it from; empty for the first configured one that has it
   */
  record ById(SetId id, Optional<String> target) implements SetSelector {}

  /**
   * The newest COMPLETE set of this host.
   *
   * @param target the target to read it from; empty for the newest of all
   */
  record Latest(Optional<String> target) implements SetSelector {}

  /**
   * One in a folder of this host, configured or not.
   *
   * @param folder the set's own folder, with its {@code checksums.sha256}
   */
  record AtPath(Path folder) implements SetSelector {}
}
