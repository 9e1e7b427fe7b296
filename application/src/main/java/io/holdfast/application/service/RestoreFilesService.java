package io.holdfast.application.service;

import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.in.RestoreFiles;
import io.holdfast.application.port.in.VerifyBackup.FileProblem;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.source.FileDestination;
import io.holdfast.application.port.out.source.FileDestination.Extracted;
import io.holdfast.application.stream.Codecs;
import io.holdfast.application.stream.StoredContent;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.SetLayout;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Verifies a volume's tar, then has files of it extracted. */
final class RestoreFilesService implements RestoreFiles {

  private static final String RESTORE = "restore";

  private final SetReads reads;
  private final SetVerifier verifier;
  private final FileDestination destination;
  private final Codecs codecs;
  private final BackupEvents events;

  RestoreFilesService(
      SetReads reads,
      SetVerifier verifier,
      FileDestination destination,
      Codecs codecs,
      BackupEvents events) {
    this.reads = reads;
    this.verifier = verifier;
    this.destination = destination;
    this.codecs = codecs;
    this.events = events;
  }

  @Override
  public Result restore(Request request, Cancellation cancellation) {
    try (SetReads.Open open = reads.open(request.selector(), RESTORE)) {
      StoredSet set = open.set();
      Map<String, Checksum> checksums = set.checksums();
      StoredArtifact volume =
          NamedArtifact.find(
              set.name(), set.artifacts(checksums), Set.of(ArtifactKind.VOLUME), request.volume());
      verify(set, checksums, volume, cancellation);
      Extracted extracted = extract(set, volume, request, cancellation);
      return new Result(
          set.name(),
          set.location(),
          volume.id(),
          request.to(),
          extracted.members(),
          extracted.warnings(),
          !request.dryRun());
    }
  }

  private void verify(
      StoredSet set,
      Map<String, Checksum> checksums,
      StoredArtifact volume,
      Cancellation cancellation) {
    Map<String, Checksum> files = new LinkedHashMap<>();
    Optional.ofNullable(checksums.get(SetLayout.MANIFEST))
        .ifPresent(manifest -> files.put(SetLayout.MANIFEST, manifest));
    files.put(volume.path(), volume.sha256());
    volume.listing().ifPresent(listing -> files.put(listing.path(), listing.sha256()));
    List<FileProblem> problems =
        verifier.verify(set, files, volume.storedBytes(), List.of(volume), cancellation);
    if (!problems.isEmpty()) {
      StringBuilder text =
          new StringBuilder("The set " + set.name() + " is damaged; nothing was changed.");
      problems.forEach(p -> text.append("\n  ").append(p.path()).append(": ").append(p.problem()));
      throw new IntegrityFailure(
          text.toString(), "Choose another set, or another target that holds this one (--target).");
    }
  }

  private Extracted extract(
      StoredSet set, StoredArtifact volume, Request request, Cancellation cancellation) {
    String task = "restore files of " + volume.id().describe();
    events.on(new BackupEvent.TaskStarted(task, OptionalLong.of(volume.storedBytes())));
    try {
      return destination.extract(
          new FileDestination.Item(
              volume.id(),
              StoredContent.of(
                  set,
                  volume,
                  codecs,
                  bytes -> events.on(new BackupEvent.TaskAdvanced(task, bytes)),
                  cancellation),
              volume.listing().map(l -> StoredContent.of(set, l, codecs, cancellation)),
              request.paths(),
              request.to(),
              request.force(),
              request.dryRun()),
          cancellation);
    } catch (IOException e) {
      throw new IntegrityFailure(
          "The " + volume.id().describe() + " cannot be read from the set: " + e.getMessage(),
          "Choose another set, or another target that holds this one (--target).",
          e);
    } finally {
      events.on(new BackupEvent.TaskEnded(task));
    }
  }
}
