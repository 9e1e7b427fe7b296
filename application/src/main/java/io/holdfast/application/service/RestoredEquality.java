package io.holdfast.application.service;

import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.in.RestoreBackup.Check;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.RestoreProof;
import io.holdfast.application.stream.Codecs;
import io.holdfast.application.stream.StoredContent;
import io.holdfast.domain.backup.StoredArtifact;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Holds restored artifacts against their fingerprints. */
final class RestoredEquality {

  private final Codecs codecs;
  private final BackupEvents events;

  RestoredEquality(Codecs codecs, BackupEvents events) {
    this.codecs = codecs;
    this.events = events;
  }

  Check check(
      StoredSet set,
      StoredArtifact artifact,
      String restoredAs,
      List<RestoreProof> proofs,
      Cancellation cancellation) {
    if (artifact.fingerprint().isEmpty()) {
      return skipped("the set has no fingerprint of it");
    }
    Optional<RestoreProof> proof =
        proofs.stream().filter(each -> each.proves(artifact.id())).findFirst();
    if (proof.isEmpty()) {
      return skipped("nothing here can compare it");
    }
    String task = "compare " + artifact.id().describe();
    events.on(new BackupEvent.TaskStarted(task, OptionalLong.empty()));
    try {
      RestoreProof.Proof proven =
          proof
              .get()
              .compare(
                  artifact.id(),
                  restoredAs,
                  artifact.fingerprint().get(),
                  listing(set, artifact, cancellation),
                  cancellation);
      return new Check(proven.compared(), proven.differences(), Optional.empty());
    } catch (InterruptedFailure interrupted) {
      throw interrupted;
    } catch (Failure | IOException failure) {
      events.on(new BackupEvent.Problem(String.valueOf(failure.getMessage())));
      return Check.failed("it could not be compared: " + failure.getMessage());
    } finally {
      events.on(new BackupEvent.TaskEnded(task));
    }
  }

  private Optional<ArtifactContent> listing(
      StoredSet set, StoredArtifact artifact, Cancellation cancellation) {
    return artifact.listing().map(listing -> StoredContent.of(set, listing, codecs, cancellation));
  }

  private static Check skipped(String why) {
    return new Check("", List.of(), Optional.of(why));
  }
}
