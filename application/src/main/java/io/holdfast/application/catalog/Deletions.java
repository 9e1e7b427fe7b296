package io.holdfast.application.catalog;

import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The one way in which published sets go. What is to go is written down first, below {@code
 * .holdfast/deletions/}; then its {@code checksums.sha256} goes, and with it the set; then the
 * rest. So whatever ends a deletion, a set is there whole or not at all, and the next prune knows
 * what to end. To be used only by a run that holds the repository's lock.
 */
public final class Deletions {

  private static final String FOLDER = SetLayout.CONTROL_FOLDER + "/deletions/";

  private final BlobStore store;
  private final Consumer<List<Runnable>> work;

  /**
   * Deletions on a target.
   *
   * @param work carries pieces of work out, in any order or at once, and returns when all are done
   */
  public Deletions(Target target, Consumer<List<Runnable>> work) {
    this.store = target.store();
    this.work = work;
  }

  /** The deletions that were written down and not ended: where, and of which sets. */
  public Map<BlobKey, Set<SetId>> begun() {
    List<BlobKey> keys = new ArrayList<>();
    store.list(FOLDER, blob -> keys.add(blob.key()));
    Map<BlobKey, Set<SetId>> begun = new TreeMap<>();
    for (BlobKey key : keys) {
      SmallBlob.read(store, key).ifPresent(bytes -> begun.put(key, named(bytes)));
    }
    return begun;
  }

  private static Set<SetId> named(byte[] intent) {
    return new String(intent, StandardCharsets.UTF_8)
        .lines()
        .flatMap(line -> SetId.parse(line).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Forgets a deletion that was begun. */
  public void forget(BlobKey begun) {
    store.delete(begun);
  }

  /**
   * Deletes some sets.
   *
   * @param fence keeps a run from deleting that has lost the repository's lock
   * @param wanted the sets that are pinned or read; asked once the checksums are gone, when nobody
   *     new can begin to read any: what was published of those is so again
   * @param gone told of each set of which no file is left, before its deletion is forgotten
   * @return those that are gone
   */
  public Set<SetId> delete(
      Collection<SetId> ids, Fence fence, Supplier<Set<SetId>> wanted, Consumer<SetId> gone) {
    BlobKey intent = note(ids);
    Map<SetId, byte[]> published = new ConcurrentHashMap<>();
    work.accept(ids.stream().map(id -> unpublishing(id, fence, published)).toList());
    Set<SetId> going = new TreeSet<>(ids);
    for (SetId id : wanted.get()) {
      if (going.remove(id)) {
        Optional.ofNullable(published.get(id))
            .ifPresent(bytes -> SmallBlob.write(store, checksums(id), bytes));
      }
    }
    fence.confirm();
    work.accept(going.stream().map(id -> removing(id, gone)).toList());
    if (going.containsAll(unpublishedOf(ids, published))) {
      store.delete(intent);
    }
    return going;
  }

  private Runnable unpublishing(SetId id, Fence fence, Map<SetId, byte[]> published) {
    return () -> {
      SmallBlob.read(store, checksums(id)).ifPresent(bytes -> published.put(id, bytes));
      fence.confirm();
      store.delete(checksums(id));
    };
  }

  private Runnable removing(SetId id, Consumer<SetId> gone) {
    return () -> {
      List<BlobKey> rest = new ArrayList<>();
      store.list(id + "/", blob -> rest.add(blob.key()));
      rest.forEach(store::delete);
      gone.accept(id);
    };
  }

  /** What was half deleted before stays so where it is wanted, and has to be known as such. */
  private static List<SetId> unpublishedOf(Collection<SetId> ids, Map<SetId, byte[]> published) {
    return ids.stream().filter(id -> !published.containsKey(id)).toList();
  }

  private BlobKey note(Collection<SetId> ids) {
    BlobKey intent = new BlobKey(FOLDER + UUID.randomUUID());
    String text =
        ids.stream()
            .map(SetId::toString)
            .collect(
                Collectors.joining(
                    "\n", "These sets are being deleted; the next prune ends it.\n", "\n"));
    SmallBlob.write(store, intent, text.getBytes(StandardCharsets.UTF_8));
    return intent;
  }

  private static BlobKey checksums(SetId id) {
    return new BlobKey(id + "/" + SetLayout.CHECKSUMS);
  }
}
