package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.BusyFailure;
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
 * process of this host that is gone is taken over; whoever does so first creates a second blob
 * named after the dead lock, so that of two that see the same dead lock only one removes it.
 */
public final class RepositoryLock {

  private static final String FOLDER = SetLayout.CONTROL_FOLDER + "/locks/";
  private static final BlobKey KEY = new BlobKey(FOLDER + "repository");

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
   * @throws StorageFailure when the target fails
   */
  public Held acquire(LockHolder self) {
    Optional<LockHolder> abandoned = Optional.empty();
    if (!create(KEY, self)) {
      LockHolder holder = holder();
      if (isAlive(holder, self)) {
        throw busy(holder);
      }
      takeOver(holder, self);
      abandoned = Optional.of(holder);
    }
    return new Held(self, abandoned);
  }

  /** Removes the dead lock and puts ours in its place, unless somebody else was quicker. */
  private void takeOver(LockHolder dead, LockHolder self) {
    BlobKey claim = new BlobKey(FOLDER + "takeover-" + dead.token());
    if (!create(claim, self)) {
      LockHolder claimant = read(claim).orElse(self);
      if (isAlive(claimant, self)) {
        throw busy(claimant);
      }
      target.store().delete(claim);
      throw busy(claimant);
    }
    try {
      Optional<LockHolder> present = read(KEY);
      if (present.isPresent() && !present.get().token().equals(dead.token())) {
        throw busy(present.get());
      }
      target.store().delete(KEY);
      if (!create(KEY, self)) {
        throw busy(holder());
      }
    } finally {
      target.store().delete(claim);
    }
  }

  private boolean create(BlobKey key, LockHolder self) {
    try {
      SmallBlob.write(target.store(), key, codec.write(self));
      return true;
    } catch (StorageFailure failure) {
      if (failure.kind() == FailureKind.ALREADY_EXISTS) {
        return false;
      }
      throw failure;
    }
  }

  private LockHolder holder() {
    return read(KEY)
        .orElseThrow(
            () ->
                new BusyFailure(
                    "Another run has just ended on target " + target.name() + ".", "Try again."));
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
      boolean ours = read(KEY).map(LockHolder::token).filter(self.token()::equals).isPresent();
      if (ours) {
        target.store().delete(KEY);
      }
    }
  }
}
