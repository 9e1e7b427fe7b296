package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.domain.backup.SetLayout;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The blobs of a target's lock: the lock itself, claims on it, heartbeats. */
final class LockFolder {

  static final String FOLDER = SetLayout.CONTROL_FOLDER + "/locks/";
  private static final String CLAIM = FOLDER + "takeover-";
  static final String BEAT = FOLDER + "beat-";

  /** The lock. */
  static final BlobKey LOCK = new BlobKey(FOLDER + "repository");

  private final Target target;
  private final MetadataCodec codec;

  LockFolder(Target target, MetadataCodec codec) {
    this.target = target;
    this.codec = codec;
  }

  Target target() {
    return target;
  }

  /** The right to remove a dead holder's lock. */
  static BlobKey claimOn(String token) {
    return new BlobKey(CLAIM + encoded(token));
  }

  /** False when somebody else has created it. */
  boolean create(BlobKey key, LockHolder self) {
    try {
      SmallBlob.write(target.store(), key, codec.write(self));
      return true;
    } catch (StorageFailure failure) {
      if (failure.kind() == FailureKind.ALREADY_EXISTS) {
        return isOf(key, self);
      }
      takeBack(key, self, failure);
      throw failure;
    }
  }

  /** A commit that failed may have been carried out all the same. */
  private void takeBack(BlobKey key, LockHolder self, StorageFailure failure) {
    try {
      deleteIfOf(key, self);
    } catch (Failure again) {
      failure.addSuppressed(again);
    }
  }

  void deleteIfOf(BlobKey key, LockHolder self) {
    if (isOf(key, self)) {
      delete(key);
    }
  }

  boolean isOf(BlobKey key, LockHolder self) {
    return readable(key).map(LockHolder::token).filter(self.token()::equals).isPresent();
  }

  void delete(BlobKey key) {
    target.store().delete(key);
  }

  /**
   * Whose lock or claim it is; empty when there is none.
   *
   * @throws BusyFailure when it cannot be read: whoever holds it, it is held
   */
  Optional<LockHolder> read(BlobKey key) {
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
          "If no run is at work, remove that file: holdfast locks --clear --force --target "
              + target.name(),
          unreadable);
    }
  }

  /** A holder's heartbeats. */
  Beats beatsOf(LockHolder self) {
    return new Beats(
        target.store(),
        beatsPrefix(self),
        (self.host() + " " + self.pid() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String beatsPrefix(LockHolder holder) {
    return BEAT + encoded(holder.token()) + "-";
  }

  /**
   * When a holder last gave a sign of life, by the target's clock: its lock or claim is its first
   * heartbeat.
   *
   * @return empty when the lock or claim is gone
   */
  Optional<Instant> lastSign(BlobKey key, LockHolder holder) {
    Instant first;
    try {
      first = target.store().stat(key).modified();
    } catch (StorageFailure failure) {
      if (failure.kind() == FailureKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
    Instant[] last = {first};
    target
        .store()
        .list(
            beatsPrefix(holder),
            beat -> last[0] = beat.modified().isAfter(last[0]) ? beat.modified() : last[0]);
    return Optional.of(last[0]);
  }

  /** What the target's own clock shows. */
  Instant now() {
    return TargetClock.now(target.store());
  }

  /**
   * What lies here beside a holder's own lock, heartbeats and any claim on it. Somebody's look at
   * the clock may be among it, who then {@link TargetClock looks again}.
   */
  List<BlobKey> leftovers(LockHolder self) {
    List<BlobKey> found = new ArrayList<>();
    target
        .store()
        .list(
            FOLDER,
            blob -> {
              if (!isOwn(blob, self)) {
                found.add(blob.key());
              }
            });
    return found;
  }

  /** The claims among some keys, by whose they are; one that cannot be read says nothing. */
  List<LockHolder> claims(List<BlobKey> keys) {
    return keys.stream()
        .filter(key -> key.value().startsWith(CLAIM))
        .flatMap(key -> readable(key).stream())
        .toList();
  }

  private Optional<LockHolder> readable(BlobKey key) {
    try {
      return read(key);
    } catch (BusyFailure unreadable) {
      return Optional.empty();
    }
  }

  boolean isEmpty() {
    boolean[] any = {false};
    target.store().list(FOLDER, blob -> any[0] = true);
    return !any[0];
  }

  private static boolean isOwn(BlobInfo blob, LockHolder self) {
    String key = blob.key().value();
    return blob.key().equals(LOCK)
        || key.equals(claimOn(self.token()).value())
        || key.startsWith(beatsPrefix(self));
  }

  /** A token that somebody else has written must not lead out of the folder. */
  static String encoded(String token) {
    return token.replaceAll("[^0-9A-Za-z-]", "_");
  }
}
