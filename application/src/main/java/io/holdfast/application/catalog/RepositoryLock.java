package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.in.ManageLocks.State;
import io.holdfast.application.port.in.ManageLocks.TargetLock;
import io.holdfast.application.port.out.recovery.ProcessTable;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.port.out.store.MetadataCodec;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Lets one run at a time write to a target. The lock is a blob whose commit is exclusive; its
 * holder gives heartbeats, which are blobs too. That of a holder that {@link LockJudge} finds dead
 * is taken over by whoever first creates a second blob named after it, the claim: only that one
 * removes the dead lock, so that no two runs do, and none removes a live one. A claim is a lock
 * like the first, and taken over in the same way.
 *
 * <p>What a dead holder left is not forgotten wherever its takers die. A claim names every set that
 * the dead one may have left unfinished, and so does the lock that is then taken. Whoever finds no
 * lock, because a taker died between removing the old one and taking its own, finds that claim.
 * Only {@link Held#clean} removes a claim that another run has left, after the sets.
 *
 * <p>A taker that is itself stopped, for longer than its claim lasts and right before it removes
 * the dead lock, may on waking remove the lock of a run that was quicker. That costs the quicker
 * one its run, which finds its lock gone, and never a set: see {@link SetDraft}.
 */
public final class RepositoryLock {

  /** A lock that is let go of between our try and our look is tried again, but not for ever. */
  private static final int ATTEMPTS = 5;

  private final LockFolder folder;
  private final LockJudge judge;
  private final LockTakeover takeover;
  private final LockTerms terms;
  private final LongSupplier nanos;

  public RepositoryLock(Target target, MetadataCodec codec, ProcessTable processes) {
    this(target, codec, processes, LockTerms.DEFAULT);
  }

  /** With other terms. */
  public RepositoryLock(
      Target target, MetadataCodec codec, ProcessTable processes, LockTerms terms) {
    this(target, codec, processes, terms, System::nanoTime);
  }

  /** With another stopwatch. */
  RepositoryLock(
      Target target,
      MetadataCodec codec,
      ProcessTable processes,
      LockTerms terms,
      LongSupplier nanos) {
    this.folder = new LockFolder(target, codec);
    this.judge = new LockJudge(folder, processes);
    this.takeover = new LockTakeover(folder, judge, terms, nanos);
    this.terms = terms;
    this.nanos = nanos;
  }

  /**
   * Takes the lock, or says why not.
   *
   * @throws BusyFailure when another run holds it
   * @throws io.holdfast.application.port.failure.StorageFailure when the target fails; then the
   *     lock is not left behind
   */
  public Held acquire(LockHolder self) {
    return acquire(self, false);
  }

  /** Takes the lock even from a holder that seems to be alive, for an operator who knows better. */
  public Held seize(LockHolder self) {
    return acquire(self, true);
  }

  /**
   * How the lock stands.
   *
   * @param host the host on which this is asked
   */
  public TargetLock look(String host) {
    Optional<LockHolder> holder;
    try {
      holder = folder.read(LockFolder.LOCK);
    } catch (BusyFailure unreadable) {
      return seen(LockJudge.Sight.only(State.UNREADABLE), Optional.empty());
    }
    LockJudge.Sight sight =
        holder.map(h -> judge.look(h, host)).orElse(LockJudge.Sight.only(State.FREE));
    return seen(sight, holder);
  }

  /**
   * Who holds it, whether alive or not. Asked without a look at the target's clock, so that nothing
   * is written; empty when nobody does or it cannot be read.
   */
  public Optional<LockHolder> holder() {
    try {
      return folder.read(LockFolder.LOCK);
    } catch (BusyFailure unreadable) {
      return Optional.empty();
    }
  }

  /** True when no run has left anything here, be it a lock or what belongs to one. */
  public boolean isUntouched() {
    return folder.isEmpty();
  }

  private TargetLock seen(LockJudge.Sight sight, Optional<LockHolder> holder) {
    return new TargetLock(
        folder.target().name(),
        folder.target().store().location(),
        sight.state(),
        holder,
        sight.lastSign(),
        sight.expires(),
        Optional.empty());
  }

  private Held acquire(LockHolder asking, boolean force) {
    LockHolder self = asking.expiringAfter(terms.expiry());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long began = nanos.getAsLong();
      if (folder.create(LockFolder.LOCK, self)) {
        return held(self, began, Optional.empty(), false);
      }
      Optional<LockHolder> holder = find(force);
      if (holder.isPresent()) {
        boolean gone = judge.isGone(holder.get(), self.host());
        LockHolder heir = self.inheriting(holder.get());
        takeover.replace(LockFolder.LOCK, holder.get(), heir, force);
        return held(heir, began, holder, gone);
      }
    }
    throw LockTexts.justEnded(folder.target());
  }

  /** One that cannot be read names no holder, so that nobody can claim it: force removes it. */
  private Optional<LockHolder> find(boolean force) {
    try {
      return folder.read(LockFolder.LOCK);
    } catch (BusyFailure unreadable) {
      if (!force) {
        throw unreadable;
      }
      folder.delete(LockFolder.LOCK);
      return Optional.empty();
    }
  }

  private Held held(
      LockHolder self, long began, Optional<LockHolder> abandoned, boolean abandonedIsGone) {
    Lease lease = new Lease(folder, self, terms, nanos, began);
    try {
      return new Held(self, lease, Leftovers.of(folder, self), abandoned, abandonedIsGone);
    } catch (Failure failure) {
      try {
        folder.deleteIfOf(LockFolder.LOCK, self);
      } catch (Failure again) {
        failure.addSuppressed(again);
      }
      throw failure;
    }
  }

  /** The lock, held. */
  public final class Held implements Fence, AutoCloseable {

    private final LockHolder self;
    private final Lease lease;
    private final Leftovers leftovers;
    private final Optional<LockHolder> abandoned;
    private final boolean abandonedIsGone;

    private Held(
        LockHolder self,
        Lease lease,
        Leftovers leftovers,
        Optional<LockHolder> abandoned,
        boolean abandonedIsGone) {
      this.self = self;
      this.lease = lease;
      this.leftovers = leftovers;
      this.abandoned = abandoned;
      this.abandonedIsGone = abandonedIsGone;
    }

    /** Whose lock was taken over because it is dead. */
    public Optional<LockHolder> abandoned() {
      return abandoned;
    }

    /**
     * Removes what earlier holders left: what they were writing, their unfinished sets, their
     * heartbeats and claims. To be called before anything is written.
     */
    public Aftermath clean(SetCatalog catalog) {
      return leftovers.clean(catalog, self, abandoned.filter(dead -> abandonedIsGone));
    }

    /**
     * Gives a heartbeat; to be called every {@link LockTerms#beat}.
     *
     * @throws BusyFailure when the lock is lost, which it then stays
     * @throws io.holdfast.application.port.failure.StorageFailure when the target fails; it may be
     *     tried again
     */
    public void beat() {
      lease.beat();
    }

    /**
     * Returns while the lock is still ours.
     *
     * @throws BusyFailure when somebody removed it or took it, or no heartbeat has reached it for
     *     so long that somebody may
     */
    @Override
    public void confirm() {
      lease.confirm();
    }

    /** Lets go, unless it is no longer ours. */
    @Override
    public void close() {
      try {
        if (lease.isOver()) {
          closeLate();
        } else {
          folder.deleteIfOf(LockFolder.LOCK, self);
        }
      } catch (Failure failure) {
        removeBeats(failure);
        throw failure;
      }
      lease.removeBeats();
    }

    private void removeBeats(Failure because) {
      try {
        lease.removeBeats();
      } catch (Failure again) {
        because.addSuppressed(again);
      }
    }

    /** Others may be taking it over: it is removed by the same right as theirs, or left to them. */
    private void closeLate() {
      BlobKey claim = LockFolder.claimOn(self.token());
      if (folder.isOf(LockFolder.LOCK, self) && folder.create(claim, self)) {
        try {
          folder.deleteIfOf(LockFolder.LOCK, self);
        } finally {
          folder.deleteIfOf(claim, self);
        }
      }
    }
  }
}
