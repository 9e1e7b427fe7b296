package io.holdfast.application.port.out.drill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A check of the operator's own on what a drill has restored. */
public sealed interface DrillAssertion {

  /** What it goes by. */
  String name();

  /**
   * SQL that must succeed, and of whose rows the first column must be true.
   *
   * @param file where it stands
   * @param cluster the cluster of the database; empty where there is one alone
   * @param database where it runs
   */
  record Sql(String name, Path file, Optional<String> cluster, String database)
      implements DrillAssertion {}

  /**
   * A program that must end with exit code 0.
   *
   * @param argv the program and its arguments
   * @param cluster runs where this cluster's client programs are, in its container where it has
   *     one; empty for this host
   * @param timeout how long it may take
   */
  record Program(String name, List<String> argv, Optional<String> cluster, Duration timeout)
      implements DrillAssertion {
    public Program {
      argv = List.copyOf(argv);
    }
  }
}
