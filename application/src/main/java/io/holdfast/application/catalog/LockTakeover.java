package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.LockHolder;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Takes a lock over from a dead holder, by a claim: {@link RepositoryLock} tells why no two runs
 * do, and what becomes of the dead one's sets wherever a taker dies.
 */
final class LockTakeover {

  private final LockFolder folder;
  private final LockJudge judge;
  private final LockTerms terms;
  private final LongSupplier nanos;

  LockTakeover(LockFolder folder, LockJudge judge, LockTerms terms, LongSupplier nanos) {
    this.folder = folder;
    this.judge = judge;
    this.terms = terms;
    this.nanos = nanos;
  }

  /** Puts our lock in the place of a dead one, unless somebody else was quicker. */
  void replace(BlobKey key, LockHolder dead, LockHolder heir, boolean force) {
    if (!force && !judge.isDead(key, dead, heir.host())) {
      throw LockTexts.held(folder.target(), dead);
    }
    Claim claim = claim(dead, heir, force);
    try {
      replace(key, claim, heir, force);
    } catch (Failure failure) {
      claim.drop(failure);
      throw failure;
    }
    claim.dropIfItCan();
  }

  private void replace(BlobKey key, Claim claim, LockHolder heir, boolean force) {
    Optional<LockHolder> present = folder.read(key);
    if (present.isPresent()) {
      boolean same = present.get().token().equals(claim.on.token());
      // It may have been slow and not dead: then there is a new heartbeat by now.
      if (!same || (!force && !judge.isDead(key, present.get(), heir.host()))) {
        throw LockTexts.held(folder.target(), present.get());
      }
      claim.requireTime();
      folder.delete(key);
    }
    if (!folder.create(key, heir)) {
      throw folder
          .read(key)
          .map(quicker -> LockTexts.held(folder.target(), quicker))
          .orElseGet(() -> LockTexts.justEnded(folder.target()));
    }
  }

  /** The right to remove a dead lock. */
  private Claim claim(LockHolder dead, LockHolder heir, boolean force) {
    Claim claim = new Claim(LockFolder.claimOn(dead.token()), dead, heir, nanos.getAsLong());
    if (!folder.create(claim.key, heir)) {
      LockHolder claimant =
          folder.read(claim.key).orElseThrow(() -> LockTexts.justEnded(folder.target()));
      replace(claim.key, claimant, heir, force);
    }
    return claim;
  }

  /** Our right to remove a dead lock: a blob named after it. */
  private final class Claim {

    private final BlobKey key;
    private final LockHolder on;
    private final LockHolder heir;
    private final long began;

    private Claim(BlobKey key, LockHolder on, LockHolder heir, long began) {
      this.key = key;
      this.on = on;
      this.heir = heir;
      this.began = began;
    }

    /** A claim has no heartbeats: once it may have been taken over, nothing is removed by it. */
    private void requireTime() {
      if (nanos.getAsLong() - began >= terms.trust().toNanos()) {
        throw LockTexts.justEnded(folder.target());
      }
    }

    private void drop(Failure because) {
      try {
        folder.deleteIfOf(key, heir);
      } catch (Failure again) {
        because.addSuppressed(again);
      }
    }

    /**
     * We hold the lock, which names all that the claim does; what stays is cleaned with the rest.
     */
    private void dropIfItCan() {
      try {
        folder.deleteIfOf(key, heir);
      } catch (Failure stays) {
        return;
      }
    }
  }
}
