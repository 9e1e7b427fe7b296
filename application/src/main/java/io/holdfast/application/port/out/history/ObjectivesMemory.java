package io.holdfast.application.port.out.history;

import java.util.Set;

/** Remembers which objectives were missed at the last look, so that only a change is told. */
public interface ObjectivesMemory {

  /**
   * Those that were missed; empty when none were, or nobody has looked yet.
   *
   * @param look what was looked at: one host, or all
   */
  Set<String> missed(String look);

  /** Remembers those that are missed now. */
  void remember(String look, Set<String> missed);
}
