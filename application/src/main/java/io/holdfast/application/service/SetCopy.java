package io.holdfast.application.service;

import io.holdfast.application.catalog.RepositoryReadme;
import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.stream.FileCopy;
import io.holdfast.application.stream.StoredContent;
import io.holdfast.application.stream.TargetRun;
import io.holdfast.domain.backup.SetLayout;
import io.holdfast.domain.checksum.Checksum;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Brings one set from one target to another that is locked for it: file by file, each verified on
 * its way, and then its checksums. Whole files that are there already are read back and kept.
 */
final class SetCopy {

  private final SourceSet source;
  private final StoredSet there;
  private final LockedTargets locked;
  private final TargetRun to;
  private final Optional<Pin> pin;
  private final int atOnce;
  private final BackupEvents events;

  /**
   * @param there the set as the target has it, published or not
   * @param locked the one target, locked
   * @param pin what the source is pinned with, and so its copy
   * @param atOnce how many files are under way
   */
  SetCopy(
      SourceSet source,
      StoredSet there,
      LockedTargets locked,
      Optional<Pin> pin,
      int atOnce,
      BackupEvents events) {
    this.source = source;
    this.there = there;
    this.locked = locked;
    this.to = locked.runs().get(0);
    this.pin = pin;
    this.atOnce = atOnce;
    this.events = events;
  }

  /**
   * Copies and publishes.
   *
   * @return how many files were there already
   * @throws IntegrityFailure when the source is damaged; nothing is published
   * @throws StorageFailure when a target fails; the other one is out of the run if it is that
   */
  int run(Cancellation cancellation) {
    Map<String, BlobInfo> present = onTarget(this::prepare);
    String task = "copy " + there.name() + " to " + to.target().name();
    LongConsumer progress = bytes -> events.on(new BackupEvent.TaskAdvanced(task, bytes));
    events.on(new BackupEvent.TaskStarted(task, OptionalLong.of(source.bytes())));
    int kept;
    try {
      kept = files(present, progress, cancellation);
    } finally {
      events.on(new BackupEvent.TaskEnded(task));
    }
    cancellation.throwIfCancelled();
    locked.confirm();
    locked.requireOne();
    onTarget(
        () -> {
          pin.ifPresent(to.draft()::pin);
          to.draft().publishCopy(source.checksumFile(), to.lock());
          return true;
        });
    return kept;
  }

  /** The files that are there; what the set does not list would make it a damaged one. */
  private Map<String, BlobInfo> prepare() {
    RepositoryReadme.ensure(to.target().store());
    Map<String, BlobInfo> present = there.files();
    present.keySet().stream()
        .filter(path -> !source.checksums().containsKey(path))
        .forEach(to.draft()::remove);
    return present;
  }

  private int files(
      Map<String, BlobInfo> present, LongConsumer progress, Cancellation cancellation) {
    List<Function<Cancellation, Boolean>> work = new ArrayList<>();
    source
        .checksums()
        .forEach(
            (path, checksum) -> work.add(scope -> file(path, checksum, present, progress, scope)));
    return (int)
        BoundedWork.runUntilOneFails(atOnce, cancellation, work).stream()
            .filter(kept -> kept)
            .count();
  }

  /** True when the file was there already. */
  private boolean file(
      String path,
      Checksum checksum,
      Map<String, BlobInfo> present,
      LongConsumer progress,
      Cancellation cancellation) {
    BlobInfo old = present.get(path);
    if (old != null) {
      if (old.bytes() == source.bytes(path)
          && onTarget(() -> isWhole(path, checksum, progress, cancellation))) {
        return true;
      }
      onTarget(
          () -> {
            to.draft().remove(path);
            return true;
          });
    }
    FileCopy.copy(source.set(), path, checksum, to, progress, cancellation);
    return false;
  }

  private boolean isWhole(
      String path, Checksum checksum, LongConsumer progress, Cancellation cancellation) {
    try {
      StoredContent.verify(there, path, checksum, progress, cancellation);
      return true;
    } catch (IntegrityFailure differs) {
      return false;
    } catch (IOException e) {
      throw new StorageFailure(
          FailureKind.STORAGE,
          "Cannot read " + path + " at " + there.location() + ": " + e.getMessage(),
          "See holdfast check.",
          e);
    }
  }

  /** What fails here is the target's fault, not the source's. */
  private <T> T onTarget(Supplier<T> step) {
    try {
      return step.get();
    } catch (BusyFailure | StorageFailure failure) {
      to.fail(failure);
      throw to.failure().orElse(failure);
    }
  }

  /**
   * A published set of this host that can be copied.
   *
   * @param set where it is
   * @param checksumFile its checksums to the byte
   * @param checksums what they say
   * @param files the files that are there
   */
  @SuppressWarnings("ArrayRecordComponent")
  record SourceSet(
      StoredSet set,
      byte[] checksumFile,
      Map<String, Checksum> checksums,
      Map<String, BlobInfo> files) {

    /**
     * Looks at a set.
     *
     * @throws IntegrityFailure when it is not published, damaged, or of another host
     */
    static SourceSet of(StoredSet set, String host) {
      byte[] checksumFile = set.checksumFile();
      Map<String, Checksum> checksums = set.checksums(checksumFile);
      set.artifacts(checksums);
      set.manifest()
          .filter(manifest -> !manifest.host().equals(host))
          .ifPresent(
              manifest -> {
                throw new IntegrityFailure(
                    "The set "
                        + set.name()
                        + " at "
                        + set.location()
                        + " is of host "
                        + manifest.host()
                        + ".",
                    "Copy it from there, or choose a set of this host (holdfast list).");
              });
      Map<String, BlobInfo> files = set.files();
      for (String path : checksums.keySet()) {
        if (!files.containsKey(path)) {
          throw new IntegrityFailure(
              path + " of set " + set.name() + " is missing at " + set.location() + ".",
              "Choose another set, or another target that holds this one (--from).");
        }
      }
      return new SourceSet(set, checksumFile, checksums, files);
    }

    /** How long all that is copied is. */
    long bytes() {
      return checksums.keySet().stream().mapToLong(this::bytes).sum();
    }

    long bytes(String path) {
      BlobInfo file = files.get(path);
      return file == null ? 0 : file.bytes();
    }

    /** Files that are no part of the set stay where they are. */
    List<String> unlisted() {
      return files.keySet().stream()
          .filter(path -> !checksums.containsKey(path) && !path.equals(SetLayout.CHECKSUMS))
          .toList();
    }
  }
}
