package io.holdfast.application.history;

import java.time.Duration;
import java.util.List;

/**
 * The operator's own programs around the runs of one kind, each as its arguments.
 *
 * @param before run first; a run is stopped when one fails
 * @param after run when it succeeded, or did in part
 * @param onFailure run when it failed or was interrupted
 * @param timeout how long each may take
 */
public record RunHooks(
    List<List<String>> before,
    List<List<String>> after,
    List<List<String>> onFailure,
    Duration timeout) {

  /** How long a hook may take where nothing is said. */
  public static final Duration USUAL_TIMEOUT = Duration.ofMinutes(5);

  /** No program at all. */
  public static final RunHooks NONE = new RunHooks(List.of(), List.of(), List.of(), USUAL_TIMEOUT);

  public RunHooks {
    before = before.stream().map(List::copyOf).toList();
    after = after.stream().map(List::copyOf).toList();
    onFailure = onFailure.stream().map(List::copyOf).toList();
  }
}
