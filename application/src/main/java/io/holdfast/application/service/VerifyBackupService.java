package io.holdfast.application.service;

import io.holdfast.application.catalog.Reading;
import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.ListedSet;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.in.VerifyBackup;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetLayout;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Verifies whole sets. */
final class VerifyBackupService implements VerifyBackup {

  private static final String VERIFY = "verify";

  private final SetFinder finder;
  private final SetReads reads;
  private final SetVerifier verifier;

  VerifyBackupService(SetFinder finder, SetReads reads, SetVerifier verifier) {
    this.finder = finder;
    this.reads = reads;
    this.verifier = verifier;
  }

  @Override
  public VerifiedSet verify(SetSelector selector, boolean deep, Cancellation cancellation) {
    try (SetReads.Open open = reads.open(selector, VERIFY)) {
      return verify(open.set(), open.set().checksums(), deep, cancellation);
    }
  }

  @Override
  public VerifiedAll verifyAll(Optional<String> target, boolean deep, Cancellation cancellation) {
    List<VerifiedSet> verified = new ArrayList<>();
    List<StorageFailure> unread = new ArrayList<>();
    for (SetCatalog catalog : finder.catalogs(target)) {
      try {
        for (ListedSet listed : catalog.list()) {
          cancellation.throwIfCancelled();
          if (listed.isPublished() && listed.foreignHost().isEmpty()) {
            verifyOneOfAll(catalog, listed.id(), deep, cancellation).ifPresent(verified::add);
          }
        }
      } catch (StorageFailure failure) {
        unread.add(failure);
      }
    }
    return new VerifiedAll(verified, unread);
  }

  /** Empty for a set that was deleted since it was listed. */
  private Optional<VerifiedSet> verifyOneOfAll(
      SetCatalog catalog, SetId id, boolean deep, Cancellation cancellation) {
    Optional<Reading> reading = reads.mark(catalog, id, VERIFY);
    try {
      return reading.map(marked -> verifyOneOfAll(catalog.set(id), deep, cancellation));
    } finally {
      reading.ifPresent(Reading::close);
    }
  }

  /** Damaged checksums end the verification of their set, not that of all. */
  private VerifiedSet verifyOneOfAll(StoredSet set, boolean deep, Cancellation cancellation) {
    Map<String, Checksum> checksums;
    try {
      checksums = set.checksums();
    } catch (IntegrityFailure damaged) {
      FileProblem problem = new FileProblem(SetLayout.CHECKSUMS, damaged.getMessage());
      return new VerifiedSet(set.name(), set.location(), 0, 0, List.of(problem));
    }
    return verify(set, checksums, deep, cancellation);
  }

  private VerifiedSet verify(
      StoredSet set, Map<String, Checksum> checksums, boolean deep, Cancellation cancellation) {
    Map<String, BlobInfo> files = set.files();
    List<FileProblem> problems = new ArrayList<>();
    List<StoredArtifact> artifacts = artifacts(set, checksums, problems);
    long bytes =
        files.entrySet().stream()
            .filter(file -> checksums.containsKey(file.getKey()))
            .mapToLong(file -> file.getValue().bytes())
            .sum();
    problems.addAll(
        verifier.verify(set, checksums, bytes, deep ? artifacts : List.of(), cancellation));
    files.keySet().stream()
        .filter(path -> !checksums.containsKey(path) && !path.equals(SetLayout.CHECKSUMS))
        .map(path -> new FileProblem(path, "is not listed in " + SetLayout.CHECKSUMS))
        .forEach(problems::add);
    return new VerifiedSet(set.name(), set.location(), checksums.size(), bytes, problems);
  }

  private static List<StoredArtifact> artifacts(
      StoredSet set, Map<String, Checksum> checksums, List<FileProblem> problems) {
    try {
      return set.artifacts(checksums).stream()
          .filter(StoredArtifact.class::isInstance)
          .map(StoredArtifact.class::cast)
          .toList();
    } catch (IntegrityFailure unreadable) {
      problems.add(new FileProblem(SetLayout.MANIFEST, unreadable.getMessage()));
      return List.of();
    }
  }
}
