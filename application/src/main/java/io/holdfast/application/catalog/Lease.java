package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.out.store.LockHolder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A holder's own view of its lock: it counts as lost for good once it was seen to be gone or
 * another's, or once no heartbeat has succeeded for {@link LockTerms#trust}. That is measured with
 * a stopwatch, which no clock's change moves. One thread gives heartbeats, any may confirm.
 */
final class Lease {

  private final LockFolder folder;
  private final LockHolder self;
  private final LockTerms terms;
  private final LongSupplier nanos;
  private final Beats beats;
  private final AtomicReference<@Nullable BusyFailure> lost = new AtomicReference<>();

  /** Begun before the heartbeat that it stands for, so that others count from later on. */
  private volatile long proven;

  Lease(LockFolder folder, LockHolder self, LockTerms terms, LongSupplier nanos, long proven) {
    this.folder = folder;
    this.self = self;
    this.terms = terms;
    this.nanos = nanos;
    this.proven = proven;
    this.beats = folder.beatsOf(self);
  }

  /** Gives a heartbeat. */
  void beat() {
    confirm();
    long began = nanos.getAsLong();
    beats.write();
    proven = began;
    beats.removeOld();
  }

  /** Looks whether the lock is still ours, both before and after it was asked for. */
  void confirm() {
    requireTime();
    Optional<LockHolder> present = folder.read(LockFolder.LOCK);
    if (present.isEmpty()) {
      throw lost(
          "The lock on target " + target() + " was removed while this run held it.",
          "Somebody cleared it, or took it over and is done; run the command again.");
    }
    if (!present.get().token().equals(self.token())) {
      LockHolder other = present.get();
      throw lost(
          "The lock on target "
              + target()
              + " was taken over while this run held it, by "
              + LockTexts.describe(other)
              + ".",
          "See holdfast locks. When that run is done, run the command again.");
    }
    requireTime();
  }

  /** True when it is too late for any further heartbeat. */
  boolean isOver() {
    return lost.get() != null || silence().compareTo(terms.trust()) >= 0;
  }

  /** Removes what heartbeats have left. */
  void removeBeats() {
    beats.removeAll();
  }

  private void requireTime() {
    BusyFailure before = lost.get();
    if (before != null) {
      throw before;
    }
    if (isOver()) {
      throw lost(
          "The lock on target "
              + target()
              + " could not be kept up: for "
              + silence().toSeconds()
              + " s no heartbeat has reached it, and others may have taken it over.",
          "This run was stopped, or the target did not answer. Run the command again.");
    }
  }

  private BusyFailure lost(String what, String hint) {
    BusyFailure now = new BusyFailure(what, hint);
    BusyFailure before = lost.compareAndExchange(null, now);
    return before == null ? now : before;
  }

  private Duration silence() {
    return Duration.ofNanos(nanos.getAsLong() - proven);
  }

  private String target() {
    return folder.target().name() + " (" + folder.target().store().location() + ")";
  }
}
