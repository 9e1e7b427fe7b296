package io.holdfast.application.service;

import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.in.VerifyBackup.FileProblem;
import io.holdfast.application.port.in.VerifyBackup.VerifiedSet;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.domain.backup.SetLayout;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.checksum.Checksum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Verifies one set, whole or in part. */
record SetCheck(SetVerifier verifier, boolean deep, Cancellation cancellation) {

  /** What damaged checksums come to: nothing else of the set can be verified. */
  static VerifiedSet unusable(StoredSet set, IntegrityFailure damaged) {
    FileProblem problem = new FileProblem(SetLayout.CHECKSUMS, damaged.getMessage());
    return new VerifiedSet(set.name(), set.location(), 0, 0, List.of(problem));
  }

  /**
   * Reads every file.
   *
   * @throws IntegrityFailure when its checksums cannot be used
   */
  VerifiedSet whole(StoredSet set) {
    Map<String, Checksum> checksums = set.checksums();
    Map<String, BlobInfo> files = set.files();
    List<FileProblem> problems = new ArrayList<>();
    List<StoredArtifact> artifacts = artifacts(set, checksums, problems);
    long bytes = bytes(files, checksums.keySet());
    problems.addAll(
        verifier.verify(set, checksums, bytes, deep ? artifacts : List.of(), cancellation));
    problems.addAll(unlisted(files, checksums, path -> true));
    return new VerifiedSet(set.name(), set.location(), checksums.size(), bytes, problems);
  }

  /**
   * Reads some files, and looks whether all that the checksums name are there.
   *
   * @throws IntegrityFailure when its checksums cannot be used
   */
  VerifiedSet sample(StoredSet set, Set<String> sample) {
    Map<String, Checksum> checksums = set.checksums();
    Map<String, BlobInfo> files = set.files();
    Map<String, Checksum> toRead = new LinkedHashMap<>(checksums);
    toRead.keySet().retainAll(sample);
    List<FileProblem> problems = new ArrayList<>();
    checksums.keySet().stream()
        .filter(path -> !files.containsKey(path) && !toRead.containsKey(path))
        .map(path -> new FileProblem(path, "is missing"))
        .forEach(problems::add);
    List<StoredArtifact> artifacts =
        deep ? artifacts(set, checksums, problems) : List.<StoredArtifact>of();
    long bytes = bytes(files, toRead.keySet());
    problems.addAll(verifier.verify(set, toRead, bytes, artifacts, cancellation));
    problems.addAll(unlisted(files, checksums, sample::contains));
    return new VerifiedSet(
        set.name(),
        set.location(),
        toRead.size(),
        bytes,
        problems,
        sample.stream().sorted().toList());
  }

  private static long bytes(Map<String, BlobInfo> files, Set<String> paths) {
    return files.entrySet().stream()
        .filter(file -> paths.contains(file.getKey()))
        .mapToLong(file -> file.getValue().bytes())
        .sum();
  }

  private static List<FileProblem> unlisted(
      Map<String, BlobInfo> files, Map<String, Checksum> checksums, Predicate<String> among) {
    return files.keySet().stream()
        .filter(path -> !checksums.containsKey(path) && !path.equals(SetLayout.CHECKSUMS))
        .filter(among)
        .map(path -> new FileProblem(path, "is not listed in " + SetLayout.CHECKSUMS))
        .toList();
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
