package io.holdfast.application.port.out.recovery;

import java.util.Optional;

/** Tells which processes of this host live. */
public interface ProcessTable {

  /** This process's pid. */
  long self();

  /**
   * What tells a living process from any other that had or will have its pid (boot and start time);
   * empty when there is no such process.
   */
  Optional<String> markOf(long pid);
}
