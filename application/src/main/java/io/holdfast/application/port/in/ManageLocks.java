package io.holdfast.application.port.in;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.domain.backup.SetId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Shows who holds the targets' locks, and clears those whose holder is dead. */
public interface ManageLocks {

  /**
   * How the lock of each target stands, in the configured order.
   *
   * @param target the one target to look at; empty for all
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when there is no such target
   */
  Report show(Optional<String> target);

  /**
   * Removes the locks whose holder is gone or has expired, together with their heartbeats and the
   * unfinished sets that they name, as a backup does that takes one over.
   *
   * @param target the one target whose lock is meant; empty for all
   * @param force true to clear a lock too whose holder seems to be alive, or that cannot be read. A
   *     run that does hold it notices before it publishes, and what it has written is lost.
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when there is no such target
   */
  Report clear(Optional<String> target, boolean force);

  /**
   * What was seen and done.
   *
   * @param locks one a target that could be read
   * @param unread why others could not
   */
  record Report(List<TargetLock> locks, List<Failure> unread) {
    public Report {
      locks = List.copyOf(locks);
      unread = List.copyOf(unread);
    }
  }

  /**
   * A target's lock.
   *
   * @param target the target's name
   * @param location where it is, for people
   * @param state how the lock stands; after clearing, how it stood
   * @param holder who holds it; empty when it is free or cannot be read
   * @param lastHeartbeat the holder's last sign of life, by the target's clock
   * @param expires when it may be taken over without a further one, by the target's clock; empty
   *     when it never expires
   * @param cleared what was done about it; empty when nothing was
   */
  record TargetLock(
      String target,
      String location,
      State state,
      Optional<LockHolder> holder,
      Optional<Instant> lastHeartbeat,
      Optional<Instant> expires,
      Optional<Cleared> cleared) {}

  /**
   * What clearing a lock came to.
   *
   * @param removed the unfinished sets that were removed
   * @param left the unfinished sets that were left, because a holder that lives on unseen could
   *     still publish them there
   */
  record Cleared(List<SetId> removed, List<SetId> left) {
    public Cleared {
      removed = List.copyOf(removed);
      left = List.copyOf(left);
    }
  }

  /** How a lock stands. */
  enum State {
    /** Nobody holds it. */
    FREE,
    /** Its holder gives heartbeats, or is a process of this host that lives. */
    ALIVE,
    /** Its holder was a process of this host and is no more. */
    GONE,
    /** Its holder has been silent for longer than it said that it would be. */
    EXPIRED,
    /** There is one, and what is in it cannot be read. */
    UNREADABLE
  }
}
