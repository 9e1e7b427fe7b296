package io.holdfast.operations.notification;

import io.holdfast.domain.history.Run;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What there is to tell.
 *
 * @param host this host
 * @param at when it came about
 * @param occasion why it is told; empty for a message that tries a notifier out
 * @param run of which run, ended; empty when it is of none
 * @param missed the objectives that are missed, a sentence each
 */
record News(
    String host, Instant at, Optional<Occasion> occasion, Optional<Run> run, List<String> missed) {
  News {
    missed = List.copyOf(missed);
  }

  static News of(String host, Instant at, Occasion occasion, Run run) {
    return new News(host, at, Optional.of(occasion), Optional.of(run), List.of());
  }

  static News ofObjectives(String host, Instant at, List<String> missed) {
    return new News(host, at, Optional.of(Occasion.OBJECTIVE), Optional.empty(), missed);
  }

  static News trial(String host, Instant at) {
    return new News(host, at, Optional.empty(), Optional.empty(), List.of());
  }

  /** {@code failure}, {@code partial}, {@code recovery}, {@code objective} or {@code test}. */
  String event() {
    return occasion.map(Occasion::word).orElse("test");
  }

  /** The same however often it is sent, so that a receiver can tell a repetition. */
  UUID id() {
    String about = run.map(r -> r.id().value()).orElseGet(at::toString);
    return nameOf(host + '\n' + event() + '\n' + about);
  }

  /** The id of a run beyond its host. */
  static UUID idOf(String host, Run run) {
    return nameOf(host + '\n' + run.id().value());
  }

  private static UUID nameOf(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
