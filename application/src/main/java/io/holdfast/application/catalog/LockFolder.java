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
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The blobs of a target's lock: the lock itself, claims on it, heartbeats, looks at the clock. */
final class LockFolder {

  private static final String FOLDER = SetLayout.CONTROL_FOLDER + "/locks/";
  private static final String CLAIM = FOLDER + "takeover-";
  private static final String BEAT = FOLDER + "beat-";
  private static final String CLOCK = FOLDER + "clock-";

  /** A holder cleans up once. */
  private static final int LOOKS = 3;

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

  void beat(LockHolder self, long number) {
    SmallBlob.write(
        target.store(),
        beatOf(self, number),
        (self.host() + " " + self.pid() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  void deleteBeat(LockHolder self, long number) {
    delete(beatOf(self, number));
  }

  private static BlobKey beatOf(LockHolder self, long number) {
    return new BlobKey(
        String.format(Locale.ROOT, "%s%s-%010d", BEAT, encoded(self.token()), number));
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
            BEAT + encoded(holder.token()) + "-",
            beat -> last[0] = beat.modified().isAfter(last[0]) ? beat.modified() : last[0]);
    return Optional.of(last[0]);
  }

  /**
   * What the target's own clock shows, which may be far from this host's. A holder that cleans up
   * may remove the blob that is looked at; then another look is taken.
   */
  Instant now() {
    for (int look = 1; look < LOOKS; look++) {
      try {
        return lookAtClock();
      } catch (StorageFailure failure) {
        if (failure.kind() != FailureKind.NOT_FOUND) {
          throw failure;
        }
      }
    }
    return lookAtClock();
  }

  private Instant lookAtClock() {
    try (Look look = new Look(new BlobKey(CLOCK + UUID.randomUUID()))) {
      SmallBlob.write(target.store(), look.key, "now\n".getBytes(StandardCharsets.UTF_8));
      return target.store().stat(look.key).modified();
    }
  }

  /**
   * What lies here beside a holder's own lock, heartbeats and any claim on it. Somebody's look at
   * the clock may be among it, who then {@link #now looks again}.
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
        || key.startsWith(BEAT + encoded(self.token()) + "-");
  }

  /** A token that somebody else has written must not lead out of the folder. */
  private static String encoded(String token) {
    return token.replaceAll("[^0-9A-Za-z-]", "_");
  }

  /** A blob that goes away however the look at its time ends. */
  private final class Look implements AutoCloseable {
    private final BlobKey key;

    private Look(BlobKey key) {
      this.key = key;
    }

    @Override
    public void close() {
      delete(key);
    }
  }
}
