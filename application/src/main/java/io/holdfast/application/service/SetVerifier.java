package io.holdfast.application.service;

import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.VerifyBackup.FileProblem;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.source.ArtifactInspector;
import io.holdfast.application.port.out.source.ArtifactInspector.Recorded;
import io.holdfast.application.stream.Codecs;
import io.holdfast.application.stream.StoredContent;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** Reads files of a set, several at once, and says what is wrong with them. */
final class SetVerifier {

  /** Files of a remote target that are read at a time, at least. */
  private static final int LEAST_REMOTE = 4;

  private final List<ArtifactInspector> inspectors;
  private final Codecs codecs;
  private final BackupEvents events;
  private final int processors;

  SetVerifier(
      List<ArtifactInspector> inspectors, Codecs codecs, BackupEvents events, int processors) {
    this.inspectors = inspectors;
    this.codecs = codecs;
    this.events = events;
    this.processors = processors;
  }

  /**
   * Compares each file with its checksum, and reads artifacts as their formats demand.
   *
   * @param files the files to read, by path
   * @param bytesToRead how long they are together
   * @param toInspect the artifacts among them whose format is read too
   * @throws StorageFailure when the target fails, which ends all reads
   */
  List<FileProblem> verify(
      StoredSet set,
      Map<String, Checksum> files,
      long bytesToRead,
      List<StoredArtifact> toInspect,
      Cancellation cancellation) {
    String task = "verify " + set.name();
    LongConsumer progress = bytes -> events.on(new BackupEvent.TaskAdvanced(task, bytes));
    List<Function<Cancellation, Optional<FileProblem>>> work = new ArrayList<>();
    files.forEach(
        (path, checksum) -> {
          Optional<StoredArtifact> inspected =
              toInspect.stream().filter(a -> a.path().equals(path)).findFirst();
          Optional<Recorded> recorded =
              inspected.map(artifact -> recorded(set, artifact, files, cancellation));
          work.add(scope -> check(set, path, checksum, inspected, recorded, progress, scope));
        });
    events.on(new BackupEvent.TaskStarted(task, OptionalLong.of(bytesToRead)));
    try {
      return BoundedWork.runUntilOneFails(atOnce(set, files.keySet()), cancellation, work).stream()
          .flatMap(Optional::stream)
          .sorted(Comparator.comparing(FileProblem::path))
          .toList();
    } finally {
      events.on(new BackupEvent.TaskEnded(task));
    }
  }

  /** A file of this host is read as fast as it is hashed; another one is waited for. */
  private int atOnce(StoredSet set, Set<String> paths) {
    boolean local = paths.stream().findFirst().flatMap(set::localFile).isPresent();
    return local ? processors : Math.max(LEAST_REMOTE, processors);
  }

  /** A listing is held against its artifact only where it is verified too: a restore needs none. */
  private Recorded recorded(
      StoredSet set,
      StoredArtifact artifact,
      Map<String, Checksum> files,
      Cancellation cancellation) {
    return new Recorded(
        artifact.fingerprint(),
        artifact
            .listing()
            .filter(listing -> files.containsKey(listing.path()))
            .map(listing -> StoredContent.of(set, listing, codecs, cancellation)));
  }

  /** An inspection that read to the end has compared the checksum too, so one read does. */
  private Optional<FileProblem> check(
      StoredSet set,
      String path,
      Checksum checksum,
      Optional<StoredArtifact> inspected,
      Optional<Recorded> recorded,
      LongConsumer progress,
      Cancellation cancellation) {
    if (inspected.isEmpty() || recorded.isEmpty()) {
      return compare(set, path, checksum, progress, cancellation);
    }
    boolean readsAll = inspected.get().id().kind() == ArtifactKind.VOLUME;
    StoredContent content =
        StoredContent.of(
            set, inspected.get(), codecs, readsAll ? progress : bytes -> {}, cancellation);
    Optional<FileProblem> broken = inspect(inspected.get(), content, recorded.get(), cancellation);
    if (content.isVerified()) {
      return broken;
    }
    LongConsumer untold = readsAll ? bytes -> {} : progress;
    return compare(set, path, checksum, untold, cancellation).or(() -> broken);
  }

  private static Optional<FileProblem> compare(
      StoredSet set,
      String path,
      Checksum checksum,
      LongConsumer progress,
      Cancellation cancellation) {
    try {
      StoredContent.verify(set, path, checksum, progress, cancellation);
      return Optional.empty();
    } catch (IntegrityFailure damaged) {
      return Optional.of(new FileProblem(path, damaged.getMessage()));
    } catch (StorageFailure failure) {
      if (failure.kind() == FailureKind.NOT_FOUND) {
        return Optional.of(new FileProblem(path, "is missing"));
      }
      throw failure;
    } catch (IOException e) {
      return Optional.of(new FileProblem(path, "cannot be read: " + e.getMessage()));
    }
  }

  private Optional<FileProblem> inspect(
      StoredArtifact artifact,
      StoredContent content,
      Recorded recorded,
      Cancellation cancellation) {
    for (ArtifactInspector inspector : inspectors) {
      if (!inspector.inspects(artifact.id().kind())) {
        continue;
      }
      try {
        inspector.inspect(artifact.id(), content, recorded, cancellation);
      } catch (IntegrityFailure broken) {
        return Optional.of(new FileProblem(artifact.path(), broken.getMessage()));
      } catch (StorageFailure failure) {
        if (failure.kind() == FailureKind.NOT_FOUND) {
          return Optional.of(new FileProblem(artifact.path(), "is missing"));
        }
        throw failure;
      } catch (IOException e) {
        return Optional.of(new FileProblem(artifact.path(), "cannot be read: " + e.getMessage()));
      }
    }
    return Optional.empty();
  }
}
