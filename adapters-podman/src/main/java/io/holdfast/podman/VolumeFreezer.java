package io.holdfast.podman;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Copies a volume's data folder beside itself by reflinks, where its file system has them (btrfs,
 * xfs): that takes a moment whatever the size of the files, and what is written to the volume
 * afterwards does not reach the copy.
 */
final class VolumeFreezer {

  /** In the name of every frozen copy's folder; what is removed must have it. */
  static final String MARK = ".holdfast-frozen-";

  private static final String DATA = "/data";

  /** As {@code stat --file-system} names them: these never have reflinks. */
  private static final Set<String> WITHOUT = Set.of("ext2/ext3", "overlayfs", "tmpfs", "ramfs");

  private final PodmanHost host;
  private final RecoveryJournal journal;
  private final SiblingFolders folders;
  private final Map<String, Boolean> able = new HashMap<>();

  VolumeFreezer(PodmanHost host, RecoveryJournal journal) {
    this.host = host;
    this.journal = journal;
    this.folders = new SiblingFolders(host);
  }

  /**
   * A frozen copy.
   *
   * @param folder what stands for the volume's data folder
   * @param entry remembers that the copy must be removed
   */
  record Copy(String folder, RecoveryJournal.Entry entry) {}

  /**
   * Freezes a volume.
   *
   * @return empty where its file system has no reflinks
   * @throws SourceFailure when it has, and the copy fails all the same; nothing is left
   */
  Optional<Copy> freeze(PodmanVolume volume, Cancellation cancellation) {
    String data = volume.dataFolder();
    Optional<String> device =
        switch (volume.access()) {
          case FOLDER, BOUND -> candidate(data, cancellation);
          case MOUNTED, FOREIGN -> Optional.empty();
        };
    if (device.isEmpty() || !able.getOrDefault(device.get(), true)) {
      return Optional.empty();
    }
    String sibling = data + MARK + UUID.randomUUID();
    RecoveryJournal.Entry entry = journal.record(new Intent.FrozenCopy(volume.name(), sibling));
    boolean done = false;
    try {
      folders.create(sibling, cancellation);
      if (able.computeIfAbsent(device.get(), unknown -> canReflink(sibling, cancellation))) {
        host.filesystem(
            cancellation, "cp", "--archive", "--reflink=always", "--", data, sibling + DATA);
        done = true;
        return Optional.of(new Copy(sibling + DATA, entry));
      }
      return Optional.empty();
    } finally {
      if (!done) {
        remove(entry);
      }
    }
  }

  /** Removes what an entry tells of. May be called again. */
  void remove(RecoveryJournal.Entry entry) {
    undo((Intent.FrozenCopy) entry.intent(), new Cancellation());
    entry.strike();
  }

  /** Returns what was done. */
  String undo(Intent.FrozenCopy intent, Cancellation cancellation) {
    if (!intent.folder().contains(MARK)) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "The journal names " + intent.folder() + " as a frozen copy, which it is not.",
          "Look into it by hand.");
    }
    // A copy whose run was killed may still be at work.
    Orphans.await(intent.folder(), cancellation);
    try {
      folders.remove(intent.folder(), cancellation);
    } catch (SourceFailure failure) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "The frozen copy of volume " + intent.volume() + " stays: " + failure.getMessage(),
          "Remove " + intent.folder() + ", or let holdfast check do so.",
          failure);
    }
    return "the frozen copy of volume " + intent.volume() + " was removed";
  }

  /** The file system's number, where it may have reflinks. */
  private Optional<String> candidate(String data, Cancellation cancellation) {
    try {
      String type = host.filesystem(cancellation, "stat", "--file-system", "--format=%T", data);
      return WITHOUT.contains(type.strip())
          ? Optional.empty()
          : Optional.of(host.filesystem(cancellation, "stat", "--format=%d", data).strip());
    } catch (SourceFailure gone) {
      // The export of a volume that cannot be looked at tells why.
      return Optional.empty();
    }
  }

  private boolean canReflink(String folder, Cancellation cancellation) {
    String from = folder + "/probe";
    try {
      host.filesystem(cancellation, "truncate", "--size=4096", from);
      host.filesystem(cancellation, "cp", "--reflink=always", from, from + "2");
      return true;
    } catch (SourceFailure without) {
      return false;
    }
  }

  /** What a failure to freeze amounts to, for people. */
  static String remark(String volume, Failure failure) {
    return "Volume "
        + volume
        + " could not be frozen, and was read under the hold: "
        + failure.getMessage();
  }
}
