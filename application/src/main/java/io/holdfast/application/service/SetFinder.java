package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.MetadataCodec;
import io.holdfast.domain.backup.SetId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds the set that an operator means. */
final class SetFinder {

  private static final String SEE_LIST = "holdfast list shows what there is.";

  private final List<SetCatalog> catalogs;
  private final MetadataCodec codec;
  private final Function<Path, BlobStore> folders;
  private final BackupEvents events;

  SetFinder(
      List<SetCatalog> catalogs,
      MetadataCodec codec,
      Function<Path, BlobStore> folders,
      BackupEvents events) {
    this.events = events;
    this.catalogs = catalogs;
    this.codec = codec;
    this.folders = folders;
  }

  /**
   * The set, published or not; a published copy goes before one that is not.
   *
   * @throws IntegrityFailure when there is none
   */
  StoredSet find(SetSelector selector) {
    return locate(selector).set();
  }

  /** The same, with where it is. */
  Located locate(SetSelector selector) {
    if (selector instanceof SetSelector.ById byId) {
      return byId(byId);
    }
    if (selector instanceof SetSelector.Latest latest) {
      return latest(latest);
    }
    return atPath(((SetSelector.AtPath) selector).folder().toAbsolutePath().normalize());
  }

  /** The catalogs of one target or of all. */
  List<SetCatalog> catalogs(Optional<String> target) {
    return named(catalogs, target);
  }

  static List<SetCatalog> named(List<SetCatalog> catalogs, Optional<String> target) {
    if (target.isEmpty()) {
      return catalogs;
    }
    return catalogs.stream()
        .filter(c -> c.target().name().equals(target.get()))
        .findFirst()
        .map(List::of)
        .orElseThrow(
            () ->
                new ConfigurationFailure(
                    "There is no storage target named " + target.get() + ".",
                    "Configured are: "
                        + String.join(", ", catalogs.stream().map(c -> c.target().name()).toList())
                        + "."));
  }

  private Located byId(SetSelector.ById wanted) {
    Attempts<StoredSet> attempts = new Attempts<>();
    Optional<Located> unpublished = Optional.empty();
    for (SetCatalog catalog : catalogs(wanted.target())) {
      Optional<StoredSet> found = attempts.on(catalog, c -> c.find(wanted.id()));
      Optional<StoredSet> published =
          attempts.on(catalog, c -> found.filter(StoredSet::isPublished));
      if (published.isPresent()) {
        return new Located(published.get(), Optional.of(catalog));
      }
      unpublished = unpublished.or(() -> found.map(set -> new Located(set, Optional.of(catalog))));
    }
    return unpublished.orElseThrow(
        () -> attempts.nothing("There is no set " + wanted.id() + where(wanted.target()) + "."));
  }

  private Located latest(SetSelector.Latest wanted) {
    Attempts<SetId> attempts = new Attempts<>();
    Optional<SetId> newest = Optional.empty();
    Optional<Located> set = Optional.empty();
    for (SetCatalog catalog : catalogs(wanted.target())) {
      Optional<SetId> id = attempts.on(catalog, SetCatalog::latest);
      if (id.isPresent() && (newest.isEmpty() || id.get().compareTo(newest.get()) > 0)) {
        newest = id;
        set = Optional.of(new Located(catalog.set(id.get()), Optional.of(catalog)));
      }
    }
    if (set.isPresent()) {
      attempts.tell(events);
    }
    return set.orElseThrow(
        () -> attempts.nothing("There is no COMPLETE set" + where(wanted.target()) + "."));
  }

  private Located atPath(Path folder) {
    Path parent = folder.getParent();
    Path name = folder.getFileName();
    if (parent == null || name == null || !Files.isDirectory(folder)) {
      throw new IntegrityFailure(
          "There is no set at " + folder + ": it is not a folder.", SEE_LIST);
    }
    return new Located(
        StoredSet.inFolder(folders.apply(parent), codec, name.toString()), Optional.empty());
  }

  private static String where(Optional<String> target) {
    return target.map(t -> " on target " + t).orElse(" on any target");
  }

  /**
   * A set and where it is.
   *
   * @param catalog the target's; empty for a set that was given as a path
   */
  record Located(StoredSet set, Optional<SetCatalog> catalog) {}

  /** Looks at one target after another; one that cannot be read counts if no other has it. */
  private static final class Attempts<T> {
    private final List<StorageFailure> failures = new ArrayList<>();

    Optional<T> on(SetCatalog catalog, Function<SetCatalog, Optional<T>> look) {
      try {
        return look.apply(catalog);
      } catch (StorageFailure failure) {
        failures.add(failure);
        return Optional.empty();
      }
    }

    /** The newest of what could be read may not be the newest of all. */
    void tell(BackupEvents events) {
      failures.forEach(
          failure ->
              events.on(
                  new BackupEvent.Warning(
                      "A target was passed over in the search for the newest set: "
                          + failure.getMessage())));
    }

    RuntimeException nothing(String message) {
      if (failures.isEmpty()) {
        return new IntegrityFailure(message, SEE_LIST);
      }
      StorageFailure first = failures.get(0);
      return new StorageFailure(
          FailureKind.STORAGE,
          message + " Not every target could be read: " + first.getMessage(),
          first.hint(),
          first);
    }
  }
}
