package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.domain.backup.SetId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The marks of those who read sets on a target. A reader's mark is a blob like a lock, which its
 * heartbeats repeat whole: one that was cleared as dead while its reader slept is there again with
 * the next. A mark that cannot be read counts for as long as one of no known host does.
 */
final class ReaderFolder {

  private static final Duration UNKNOWN_EXPIRY = LockTerms.DEFAULT.expiry();

  private final BlobStore store;
  private final MetadataCodec codec;

  ReaderFolder(BlobStore store, MetadataCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  /** The marks that a reader will write on a set. */
  Beats beatsOf(LockHolder self, SetId set) {
    return new Beats(
        store,
        MarkKeys.READERS.prefixOf(set) + LockFolder.encoded(self.token()) + "-",
        codec.write(self));
  }

  /**
   * The sets that are read by somebody alive. Removes the marks of the dead.
   *
   * @param prefix what the keys of the marks to look at begin with
   * @param gone tells who is known to be dead
   */
  Set<SetId> live(String prefix, Predicate<LockHolder> gone) {
    Map<String, List<BlobInfo>> marks = marks(prefix);
    Judge judge = new Judge(gone);
    Set<SetId> live = new TreeSet<>();
    marks.forEach(
        (reader, ofReader) ->
            MarkKeys.READERS
                .setOf(ofReader.get(0).key())
                .filter(set -> judge.isLive(reader, ofReader))
                .ifPresent(live::add));
    return live;
  }

  void removeAll(SetId set) {
    List<BlobKey> keys = new ArrayList<>();
    store.list(MarkKeys.READERS.prefixOf(set), mark -> keys.add(mark.key()));
    keys.forEach(store::delete);
  }

  /** By reader. */
  private Map<String, List<BlobInfo>> marks(String prefix) {
    Map<String, List<BlobInfo>> marks = new TreeMap<>();
    store.list(
        prefix,
        blob -> marks.computeIfAbsent(readerOf(blob), unused -> new ArrayList<>()).add(blob));
    return marks;
  }

  private static String readerOf(BlobInfo mark) {
    String key = mark.key().value();
    return key.substring(0, Math.max(key.lastIndexOf('-'), key.lastIndexOf('/')) + 1);
  }

  private static BlobInfo newest(List<BlobInfo> marks) {
    return marks.stream().max(Comparator.comparing(BlobInfo::modified)).orElseThrow();
  }

  /** Tells readers that live from those that died, all at one time of the target's clock. */
  private final class Judge {

    private final Predicate<LockHolder> gone;
    private Optional<Instant> now = Optional.empty();

    private Judge(Predicate<LockHolder> gone) {
      this.gone = gone;
    }

    private boolean isLive(String reader, List<BlobInfo> marks) {
      BlobInfo newest = newest(marks);
      Duration expiry = UNKNOWN_EXPIRY;
      try {
        Optional<LockHolder> holder =
            SmallBlob.read(store, newest.key()).map(codec::readLockHolder);
        if (holder.isEmpty()) {
          // It has ended, or we were slow and it has given heartbeats since.
          return !marks(reader).isEmpty();
        }
        if (gone.test(holder.get())) {
          return dead(marks);
        }
        expiry = holder.get().expiry().orElse(expiry);
      } catch (IntegrityFailure unreadable) {
        // Somebody wrote it, so that it counts.
        expiry = UNKNOWN_EXPIRY;
      }
      return isHeardOf(newest, expiry) || isHeardOfNow(reader, expiry) || dead(marks);
    }

    private boolean isHeardOf(BlobInfo newest, Duration expiry) {
      return now().isBefore(newest.modified().plus(expiry));
    }

    /** The marks were listed before the clock was read, and that may have taken us long. */
    private boolean isHeardOfNow(String reader, Duration expiry) {
      List<BlobInfo> again = marks(reader).getOrDefault(reader, List.of());
      return !again.isEmpty() && isHeardOf(newest(again), expiry);
    }

    private Instant now() {
      if (now.isEmpty()) {
        now = Optional.of(TargetClock.now(store));
      }
      return now.get();
    }

    private boolean dead(List<BlobInfo> marks) {
      marks.forEach(mark -> store.delete(mark.key()));
      return false;
    }
  }
}
