package io.holdfast.operations.notification;

import io.holdfast.domain.history.RunKind;
import java.util.Set;

/**
 * Somebody who is told of runs.
 *
 * @param name what the operator calls it
 * @param channel how it is reached
 * @param on of what it is told; a {@link Channel.Ping} is told of every run
 * @param kinds of which runs
 */
public record Notifier(String name, Channel channel, Set<Occasion> on, Set<RunKind> kinds) {
  public Notifier {
    on = Set.copyOf(on);
    kinds = Set.copyOf(kinds);
  }

  boolean wants(Occasion occasion) {
    return !(channel instanceof Channel.Ping) && on.contains(occasion);
  }
}
