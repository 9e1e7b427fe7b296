package io.holdfast.application.catalog;

import io.holdfast.application.port.in.ManageLocks.State;
import io.holdfast.application.port.out.recovery.ProcessTable;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.LockHolder;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells whether the holder of a lock or claim is still at work. Of a process of this host the
 * process table knows that it is gone, and never that it is well: it may hang. Of any other the
 * heartbeats tell. Their age is the difference of two times that the target's own clock gave, the
 * newest heartbeat's and that of a blob written for it right now, so that it does not matter how
 * far the clocks of hosts are apart.
 */
final class LockJudge {

  private final LockFolder folder;
  private final ProcessTable processes;

  LockJudge(LockFolder folder, ProcessTable processes) {
    this.folder = folder;
    this.processes = processes;
  }

  /**
   * True when the holder has died or has been silent for too long, by its own terms.
   *
   * @param key its lock or claim
   * @param host the host on which this is asked
   */
  boolean isDead(BlobKey key, LockHolder holder, String host) {
    return isGone(holder, host) || isSilent(key, holder);
  }

  /** True when it was a process of this host and is no more. */
  boolean isGone(LockHolder holder, String host) {
    return Presence.isGone(holder, host, processes);
  }

  private boolean isSilent(BlobKey key, LockHolder holder) {
    if (holder.expiry().isEmpty()) {
      return false;
    }
    Optional<Instant> expires =
        folder.lastSign(key, holder).map(last -> last.plus(holder.expiry().get()));
    return expires.isPresent() && !folder.now().isBefore(expires.get());
  }

  /** How the lock stands. */
  Sight look(LockHolder holder, String host) {
    Optional<Instant> last = folder.lastSign(LockFolder.LOCK, holder);
    Optional<Instant> expires = last.flatMap(l -> holder.expiry().map(l::plus));
    if (isGone(holder, host)) {
      return new Sight(State.GONE, last, expires);
    }
    boolean silent = expires.isPresent() && !folder.now().isBefore(expires.get());
    return new Sight(silent ? State.EXPIRED : State.ALIVE, last, expires);
  }

  /**
   * What was seen of a lock.
   *
   * @param lastSign the last heartbeat, by the target's clock
   * @param expires when it counts as abandoned without a further one, by the target's clock
   */
  record Sight(State state, Optional<Instant> lastSign, Optional<Instant> expires) {

    /** Of a lock without a holder that could be asked about. */
    static Sight only(State state) {
      return new Sight(state, Optional.empty(), Optional.empty());
    }
  }
}
