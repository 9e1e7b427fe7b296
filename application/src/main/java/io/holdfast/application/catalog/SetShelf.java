package io.holdfast.application.catalog;

import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobVisitor;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetLayout;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one listing of a host's folder tells, of which nothing is read: a few numbers a set, however
 * many files it has.
 */
public final class SetShelf implements BlobVisitor {

  private static final String LOCKS = LockFolder.FOLDER;
  private static final String DRILLS = SetLayout.CONTROL_FOLDER + "/drills/";

  private final TreeMap<SetId, SetFolder> folders = new TreeMap<>(Comparator.reverseOrder());
  private boolean known;
  private boolean locked;
  private Optional<Instant> lockSign = Optional.empty();
  private Optional<Instant> drilled = Optional.empty();

  @Override
  public void visit(BlobInfo blob) {
    String key = blob.key().value();
    folderOf(key).ifPresent(id -> folders.computeIfAbsent(id, SetFolder::new).add(blob));
    known |=
        key.startsWith(SetLayout.CONTROL_FOLDER + "/")
            || key.equals(SetLayout.README)
            || !folders.isEmpty();
    if (key.startsWith(LOCKS)) {
      locked |= blob.key().equals(LockFolder.LOCK);
      if (blob.key().equals(LockFolder.LOCK) || key.startsWith(LockFolder.BEAT)) {
        lockSign = later(lockSign, blob.modified());
      }
    } else if (key.startsWith(DRILLS)) {
      drilled = later(drilled, blob.modified());
    }
  }

  /** Every set's folder, newest first. */
  public List<SetFolder> newestFirst() {
    return List.copyOf(folders.values());
  }

  /** True when there is anything by which Holdfast's folders are known. */
  public boolean isKnown() {
    return known;
  }

  /**
   * The last sign of life of whoever holds the lock, by the target's clock; empty when it is free.
   */
  public Optional<Instant> lockSign() {
    return locked ? lockSign : Optional.empty();
  }

  /** When the newest result of a drill was written, by the target's clock. */
  public Optional<Instant> lastDrill() {
    return drilled;
  }

  /** The set in whose folder a key lies; empty for one that lies in no set's. */
  static Optional<SetId> folderOf(String key) {
    int slash = key.indexOf('/');
    return slash < 0 ? Optional.empty() : SetId.parse(key.substring(0, slash));
  }

  private static Optional<Instant> later(Optional<Instant> one, Instant other) {
    return one.filter(instant -> instant.isAfter(other)).or(() -> Optional.of(other));
  }
}
