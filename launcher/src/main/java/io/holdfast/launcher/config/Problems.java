package io.holdfast.launcher.config;

import io.holdfast.application.port.failure.ConfigurationFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is wrong with a configuration, so that an operator learns all of it in one run. */
public final class Problems {

  private final List<Problem> found = new ArrayList<>();

  /** Adds one. */
  public void add(Position position, String key, String text) {
    found.add(new Problem(position, key, text));
  }

  /** All of them, in the order of the file. */
  public List<Problem> all() {
    return found.stream().sorted(Comparator.comparingInt(p -> p.position().line())).toList();
  }

  /**
   * Returns when there is none.
   *
   * @throws ConfigurationFailure that names every problem, a line each
   */
  public void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder("the configuration has ");
    text.append(found.size() == 1 ? "a problem" : found.size() + " problems");
    for (Problem problem : all()) {
      text.append('\n').append(problem);
    }
    throw new ConfigurationFailure(
        text.toString(), "correct the file, then run `holdfast check`; nothing was changed");
  }
}
