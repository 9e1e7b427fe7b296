package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.recovery.ProcessTable;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.domain.backup.SetLayout;
import java.util.Optional;

/**
 * Lets one run at a time write to a target. The lock is a blob whose commit is exclusive. That of a
 * process of this host that is gone is taken over by whoever first creates a second blob named
 * after it: only that one removes the dead lock, so that no two runs do, and none removes a live
 * one. The second blob is a lock like the first, and taken over in the same way.
 */
public final class RepositoryLock {

  private static final String FOLDER = SetLayout.CONTROL_FOLDER + "/locks/";
  private static final BlobKey KEY = new BlobKey(FOLDER + "repository");

  /** A lock that is let go of between our try and our look is tried again, but not for ever. */
  private static final int ATTEMPTS = 5;

  private final Target target;
  private final MetadataCodec codec;
  private final ProcessTable processes;

  public RepositoryLock(Target target, MetadataCodec codec, ProcessTable processes) {
    this.target = target;
    this.codec = codec;
    this.processes = processes;
  }

  /**
   * Takes the lock, or says why not.
   *
   * @throws BusyFailure when another run holds it
   * @throws StorageFailure when the target fails; then the lock is not left behind
   */
  public Held acquire(LockHolder self) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (create(KEY, self)) {
        return new Held(self, Optional.empty());
      }
      Optional<LockHolder> holder = read(KEY);
      if (holder.isPresent()) {
        replace(KEY, holder.get(), self);
        return new Held(self, holder);
      }
    }
    throw justEnded();
  }

  /** Puts our lock in the place of a dead one, unless somebody else was quicker. */
  private void replace(BlobKey key, LockHolder dead, LockHolder self) {
    if (isAlive(dead, self)) {
      throw busy(dead);
    }
    try (Claim claim = claim(dead, self)) {
      Optional<LockHolder> present = read(key);
      if (present.isPresent() && !present.get().token().equals(claim.on.token())) {
        throw busy(present.get());
      }
      if (present.isPresent()) {
        target.store().delete(key);
      }
      if (!create(key, self)) {
        throw read(key).map(this::busy).orElseGet(this::justEnded);
      }
    }
  }

  /** The right to remove a dead lock. */
  private Claim claim(LockHolder dead, LockHolder self) {
    Claim claim = new Claim(new BlobKey(FOLDER + "takeover-" + dead.token()), dead);
    if (!create(claim.key, self)) {
      replace(claim.key, read(claim.key).orElseThrow(this::justEnded), self);
    }
    return claim;
  }

  /** False when somebody else has created it. */
  private boolean create(BlobKey key, LockHolder self) {
    try {
      SmallBlob.write(target.store(), key, codec.write(self));
      return true;
    } catch (StorageFailure failure) {
      if (failure.kind() == FailureKind.ALREADY_EXISTS) {
        return isOurs(key, self);
      }
      takeBack(key, self, failure);
      throw failure;
    }
  }

  /** A commit that failed may have been carried out all the same. */
  private void takeBack(BlobKey key, LockHolder self, StorageFailure failure) {
    try {
      if (isOurs(key, self)) {
        target.store().delete(key);
      }
    } catch (Failure again) {
      failure.addSuppressed(again);
    }
  }

  private boolean isOurs(BlobKey key, LockHolder self) {
    return read(key).map(LockHolder::token).filter(self.token()::equals).isPresent();
  }

  private BusyFailure justEnded() {
    return new BusyFailure(
        "Other runs come and go on target " + target.name() + ".", "Try again, or --wait 10m.");
  }

  private Optional<LockHolder> read(BlobKey key) {
    try {
      return SmallBlob.read(target.store(), key).map(codec::readLockHolder);
    } catch (IntegrityFailure unreadable) {
      throw new BusyFailure(
          "The lock "
              + key
              + " on target "
              + target.name()
              + " ("
              + target.store().location()
              + ") cannot be read: "
              + unreadable.getMessage(),
          "If no run is at work, remove that file.",
          unreadable);
    }
  }

  /** Of a holder on another host nothing can be known but that it has not let go. */
  private boolean isAlive(LockHolder holder, LockHolder self) {
    if (!holder.host().equals(self.host())) {
      return true;
    }
    return processes.markOf(holder.pid()).map(holder.processMark()::equals).orElse(false);
  }

  private BusyFailure busy(LockHolder holder) {
    return new BusyFailure(
        "Target "
            + target.name()
            + " ("
            + target.store().location()
            + ") is held by holdfast "
            + holder.command()
            + ", process "
            + holder.pid()
            + " on "
            + holder.host()
            + ", since "
            + holder.since()
            + ".",
        "Wait for it (--wait 10m), or end it. If that host is gone for good, remove "
            + target.store().location()
            + "/"
            + KEY
            + ".");
  }

  /** Our right to remove a dead lock: a blob named after it. */
  private final class Claim implements AutoCloseable {

    private final BlobKey key;
    private final LockHolder on;

    private Claim(BlobKey key, LockHolder on) {
      this.key = key;
      this.on = on;
    }

    @Override
    public void close() {
      target.store().delete(key);
    }
  }

  /** The lock, held. */
  public final class Held implements AutoCloseable {

    private final LockHolder self;
    private final Optional<LockHolder> abandoned;

    private Held(LockHolder self, Optional<LockHolder> abandoned) {
      this.self = self;
      this.abandoned = abandoned;
    }

    /** Whose lock was taken over because its process is gone. */
    public Optional<LockHolder> abandoned() {
      return abandoned;
    }

    /**
     * Returns while the lock is still ours.
     *
     * @throws BusyFailure when somebody removed it or took it
     */
    public void confirm() {
      Optional<LockHolder> present = read(KEY);
      if (present.isEmpty()) {
        throw new BusyFailure(
            "The lock on target " + target.name() + " was removed while this run held it.",
            "Somebody cleared it by hand; run the command again.");
      }
      if (!present.get().token().equals(self.token())) {
        throw busy(present.get());
      }
    }

    /** Lets go, unless it is no longer ours. */
    @Override
    public void close() {
      if (isOurs(KEY, self)) {
        target.store().delete(KEY);
      }
    }
  }
}
