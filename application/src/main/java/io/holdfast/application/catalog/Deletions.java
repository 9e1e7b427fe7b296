package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The one way in which published sets go. What is to go is written down first, in {@code
 * .holdfast/deletions/<id>}; then its {@code checksums.sha256} goes, and with it the set; then the
 * rest. So whatever ends a deletion, a set is there whole or not at all, and the next prune knows
 * what to end. To be used only by a run that holds the repository's lock.
 */
public final class Deletions {

  private static final String FOLDER = SetLayout.CONTROL_FOLDER + "/deletions/";

  private final BlobStore store;
  private final Consumer<List<Runnable>> work;

  /**
   * @param work carries out the deletions of single files, in any order or at once, and returns
   *     when all are done
   */
  public Deletions(Target target, Consumer<List<Runnable>> work) {
    this.store = target.store();
    this.work = work;
  }

  /** The sets whose deletion was written down and not ended. */
  public Set<SetId> begun() {
    Set<SetId> begun = new TreeSet<>();
    store.list(
        FOLDER,
        blob -> SetId.parse(blob.key().value().substring(FOLDER.length())).ifPresent(begun::add));
    return begun;
  }

  /** Forgets that a deletion was begun. */
  public void forget(SetId id) {
    store.delete(intent(id));
  }

  /**
   * Deletes a set.
   *
   * @param fence keeps a run from deleting that has lost the repository's lock
   * @param wanted asked once its checksums are gone, when nobody new can begin to read it: true
   *     when somebody has begun before, or has pinned it; then what was published is so again
   * @param gone told once no file of it is left, before its deletion is forgotten
   * @return false when it stays
   */
  public boolean delete(SetId id, Fence fence, BooleanSupplier wanted, Runnable gone) {
    note(id);
    BlobKey checksums = new BlobKey(id + "/" + SetLayout.CHECKSUMS);
    Optional<byte[]> published = SmallBlob.read(store, checksums);
    fence.confirm();
    store.delete(checksums);
    if (wanted.getAsBoolean()) {
      published.ifPresent(bytes -> putBack(id, checksums, bytes));
      return false;
    }
    List<Runnable> rest = new ArrayList<>();
    store.list(id + "/", blob -> rest.add(() -> store.delete(blob.key())));
    fence.confirm();
    work.accept(rest);
    gone.run();
    store.delete(intent(id));
    return true;
  }

  private void putBack(SetId id, BlobKey checksums, byte[] bytes) {
    SmallBlob.write(store, checksums, bytes);
    store.delete(intent(id));
  }

  private void note(SetId id) {
    try {
      SmallBlob.write(
          store,
          intent(id),
          "This set is being deleted; the next prune ends it.\n".getBytes(StandardCharsets.UTF_8));
    } catch (StorageFailure failure) {
      if (failure.kind() != FailureKind.ALREADY_EXISTS) {
        throw failure;
      }
    }
  }

  private static BlobKey intent(SetId id) {
    return new BlobKey(FOLDER + id);
  }
}
