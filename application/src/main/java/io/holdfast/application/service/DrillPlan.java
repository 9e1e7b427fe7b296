package io.holdfast.application.service;

import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.domain.backup.FailedArtifact;
import io.holdfast.domain.backup.RollingSample;
import io.holdfast.domain.backup.RollingSample.StoredFile;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.Share;
import io.holdfast.domain.backup.StoredArtifact;
import io.holdfast.domain.recovery.DrillRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a set a drill restores.
 *
 * @param globals the roles of the clusters that are needed
 * @param databases in the order of the set
 * @param volumes in the order of the set
 * @param missing what the set should have and has not
 * @param whole false for a sample
 * @param onlyCluster the cluster of databases that do not say theirs
 */
record DrillPlan(
    List<StoredArtifact> globals,
    List<StoredArtifact> databases,
    List<StoredArtifact> volumes,
    List<FailedArtifact> missing,
    boolean whole,
    String onlyCluster) {

  private static final Pattern MAJOR = Pattern.compile("(\\d{1,4}).*", Pattern.DOTALL);

  /**
   * Plans.
   *
   * @param sample the share of the stored bytes that is restored; empty for all
   * @param earlier the drills that tell when each artifact was restored last
   */
  static DrillPlan of(
      SetId set,
      List<Artifact> inSet,
      Optional<Share> sample,
      List<DrillRecord> earlier,
      String onlyCluster) {
    List<StoredArtifact> stored =
        inSet.stream()
            .filter(StoredArtifact.class::isInstance)
            .map(StoredArtifact.class::cast)
            .toList();
    List<StoredArtifact> chosen =
        sample.map(share -> chosen(set, stored, share, earlier)).orElse(stored);
    List<StoredArtifact> databases = of(ArtifactKind.DATABASE, chosen);
    Set<Optional<String>> clusters =
        databases.stream().map(database -> database.id().cluster()).collect(Collectors.toSet());
    return new DrillPlan(
        of(ArtifactKind.GLOBALS, stored).stream()
            .filter(globals -> sample.isEmpty() || clusters.contains(globals.id().cluster()))
            .toList(),
        databases,
        of(ArtifactKind.VOLUME, chosen),
        inSet.stream()
            .filter(FailedArtifact.class::isInstance)
            .map(FailedArtifact.class::cast)
            .toList(),
        sample.isEmpty(),
        onlyCluster);
  }

  /** Those that no drill has restored come first, then those of the oldest drills. */
  private static List<StoredArtifact> chosen(
      SetId set, List<StoredArtifact> stored, Share share, List<DrillRecord> earlier) {
    List<StoredFile> files =
        stored.stream()
            .filter(artifact -> isSampled(artifact.id().kind()))
            .map(
                artifact ->
                    new StoredFile(
                        set,
                        artifact.path(),
                        artifact.storedBytes(),
                        Optional.of(lastRestored(artifact.id(), earlier))))
            .toList();
    Set<String> paths =
        RollingSample.choose(files, share).stream()
            .map(StoredFile::path)
            .collect(Collectors.toSet());
    return stored.stream().filter(artifact -> paths.contains(artifact.path())).toList();
  }

  private static boolean isSampled(ArtifactKind kind) {
    return kind == ArtifactKind.DATABASE || kind == ArtifactKind.VOLUME;
  }

  private static Instant lastRestored(ArtifactId id, List<DrillRecord> earlier) {
    return earlier.stream()
        .filter(drill -> drill.proofs().stream().anyMatch(p -> p.artifact().equals(id.describe())))
        .map(DrillRecord::started)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  private static List<StoredArtifact> of(ArtifactKind kind, List<StoredArtifact> artifacts) {
    return artifacts.stream().filter(artifact -> artifact.id().kind() == kind).toList();
  }

  /** All that is read of the set. */
  List<StoredArtifact> all() {
    return Stream.of(globals, databases, volumes).flatMap(List::stream).toList();
  }

  long storedBytes() {
    return all().stream().mapToLong(StoredArtifact::storedBytes).sum();
  }

  /** The clusters that need a server, in the order of the set. */
  Set<String> clusters() {
    Set<String> clusters = new LinkedHashSet<>();
    Stream.concat(globals.stream(), databases.stream())
        .forEach(artifact -> clusters.add(clusterOf(artifact.id())));
    return clusters;
  }

  String clusterOf(ArtifactId id) {
    return id.cluster().orElse(onlyCluster);
  }

  List<StoredArtifact> databasesOf(String cluster) {
    return ofCluster(cluster, databases);
  }

  Optional<StoredArtifact> globalsOf(String cluster) {
    return ofCluster(cluster, globals).stream().findFirst();
  }

  /** The major version of the server that a cluster was. */
  OptionalInt majorOf(String cluster) {
    List<StoredArtifact> ofCluster = new ArrayList<>(databasesOf(cluster));
    ofCluster.addAll(ofCluster(cluster, globals));
    return ofCluster.stream()
        .map(StoredArtifact::origin)
        .filter(ArtifactOrigin.FromPostgres.class::isInstance)
        .map(origin -> MAJOR.matcher(((ArtifactOrigin.FromPostgres) origin).serverVersion()))
        .filter(Matcher::matches)
        .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
        .findFirst();
  }

  private List<StoredArtifact> ofCluster(String cluster, List<StoredArtifact> artifacts) {
    return artifacts.stream().filter(artifact -> clusterOf(artifact.id()).equals(cluster)).toList();
  }
}
