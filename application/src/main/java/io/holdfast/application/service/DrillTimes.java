package io.holdfast.application.service;

import io.holdfast.domain.recovery.DrillRecord.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What took how long in a drill, and for how much of it an operator would have waited. */
final class DrillTimes {

  private final InstantSource clock;
  private final Instant started;
  private final List<Phase> phases = new ArrayList<>();
  private Duration restore = Duration.ZERO;

  DrillTimes(InstantSource clock) {
    this.clock = clock;
    this.started = clock.instant();
  }

  /** A phase that a restore has too. */
  <T> T waited(String name, Supplier<T> work) {
    Instant begun = clock.instant();
    try {
      return work.get();
    } finally {
      restore = restore.plus(note(name, begun));
    }
  }

  /** A phase that only a drill has. */
  <T> T aside(String name, Supplier<T> work) {
    Instant begun = clock.instant();
    try {
      return work.get();
    } finally {
      note(name, begun);
    }
  }

  Instant started() {
    return started;
  }

  Duration took() {
    return Duration.between(started, clock.instant());
  }

  Duration restoreTook() {
    return restore;
  }

  List<Phase> phases() {
    return List.copyOf(phases);
  }

  private Duration note(String name, Instant begun) {
    Duration took = Duration.between(begun, clock.instant());
    phases.add(new Phase(name, took));
    return took;
  }
}
