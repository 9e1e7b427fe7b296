package io.holdfast.application.catalog;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.ListedSet;
import io.holdfast.application.port.in.ListedSet.State;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetLayout;
import io.holdfast.domain.backup.SetStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sets on one target. */
public final class SetCatalog {

  private final Target target;
  private final MetadataCodec codec;
  private final String host;

  /**
   * @param host this host's name: sets of others are shown and never chosen
   */
  public SetCatalog(Target target, MetadataCodec codec, String host) {
    this.target = target;
    this.codec = codec;
    this.host = host;
  }

  /** The target whose sets these are. */
  public Target target() {
    return target;
  }

  /** Every set, newest first. One listing of the store, and each manifest read once. */
  public List<ListedSet> list() {
    return newestFirst().toList();
  }

  /**
   * The same, for who decides by it what is deleted.
   *
   * @throws StorageFailure also when a single manifest could not be read for trouble of the
   *     target's; one that is damaged is {@link State#UNREADABLE}
   */
  public List<ListedSet> listStrictly() {
    return lazily(true).toList();
  }

  /** The set of an id, published or not; empty when there is no file of it. */
  public Optional<StoredSet> find(SetId id) {
    return isTaken(id) ? Optional.of(set(id)) : Optional.empty();
  }

  /** The set of an id, whether it is there or not. */
  public StoredSet set(SetId id) {
    return new StoredSet(target.store(), codec, id.toString());
  }

  /** The files of some sets, by set. One listing of the store. */
  public Map<SetId, List<BlobInfo>> files(Set<SetId> sets) {
    Map<SetId, List<BlobInfo>> files = new TreeMap<>();
    target
        .store()
        .list(
            "",
            blob ->
                SetShelf.folderOf(blob.key().value())
                    .filter(sets::contains)
                    .ifPresent(
                        id -> files.computeIfAbsent(id, unused -> new ArrayList<>()).add(blob)));
    return files;
  }

  /** True when there is any file of a set with this id. */
  public boolean isTaken(SetId id) {
    boolean[] taken = {false};
    target.store().list(id + "/", blob -> taken[0] = true);
    return taken[0];
  }

  /** True when there are files of a set with this id, and it was never published. */
  public boolean isUnfinished(SetId id) {
    return isTaken(id) && !set(id).isPublished();
  }

  /** The newest COMPLETE set of this host. Reads manifests from the newest on, no further. */
  public Optional<SetId> latest() {
    return newestFirst()
        .filter(set -> set.state() == State.COMPLETE && set.foreignHost().isEmpty())
        .map(ListedSet::id)
        .findFirst();
  }

  /** Begins a set. */
  public SetDraft begin(SetId id) {
    return new SetDraft(target.store(), codec, id.toString());
  }

  /**
   * Removes what there is of a set that was never published. To be called only by a run that holds
   * the repository's lock, after it has cleared what is abandoned: see {@link SetDraft}.
   *
   * @return true when there was anything
   */
  public boolean clearUnfinished(SetId id) {
    List<BlobKey> keys = new ArrayList<>();
    target.store().list(id + "/", blob -> keys.add(blob.key()));
    if (keys.contains(new BlobKey(id + "/" + SetLayout.CHECKSUMS))) {
      return false;
    }
    keys.forEach(target.store()::delete);
    return !keys.isEmpty();
  }

  /** One listing of the store right away, and each manifest read when the stream comes to it. */
  private Stream<ListedSet> newestFirst() {
    return lazily(false);
  }

  private Stream<ListedSet> lazily(boolean strictly) {
    SetShelf shelf = new SetShelf();
    target.store().list("", shelf);
    return shelf.newestFirst().stream().map(folder -> listed(folder.id(), folder, strictly));
  }

  /** A set that a listing has shown, with its manifest. */
  public ListedSet read(SetFolder folder) {
    return listed(folder.id(), folder, false);
  }

  private ListedSet listed(SetId id, SetFolder folder, boolean strictly) {
    if (!folder.isPublished()) {
      return listed(id, folder, State.INCOMPLETE, Optional.empty(), Optional.empty());
    }
    if (!folder.hasManifest()) {
      return listed(id, folder, State.HANDMADE, Optional.empty(), Optional.empty());
    }
    try {
      Optional<Manifest> manifest = set(id).manifest();
      State state =
          manifest
              .map(m -> m.status() == SetStatus.COMPLETE ? State.COMPLETE : State.PARTIAL)
              .orElse(State.HANDMADE);
      return listed(id, folder, state, manifest, Optional.empty());
    } catch (IntegrityFailure unreadable) {
      return unreadable(id, folder, unreadable);
    } catch (StorageFailure failure) {
      if (strictly || failure.kind() != FailureKind.STORAGE) {
        throw failure;
      }
      return unreadable(id, folder, failure);
    }
  }

  private ListedSet unreadable(SetId id, SetFolder folder, Failure why) {
    return listed(id, folder, State.UNREADABLE, Optional.empty(), Optional.of(why.getMessage()));
  }

  private ListedSet listed(
      SetId id,
      SetFolder folder,
      State state,
      Optional<Manifest> manifest,
      Optional<String> problem) {
    Optional<String> foreign =
        manifest
            .map(Manifest::host)
            .filter(name -> !target.anyHost())
            .filter(name -> !name.equals(host));
    return new ListedSet(target.name(), id, state, manifest, folder.bytes(), foreign, problem);
  }
}
