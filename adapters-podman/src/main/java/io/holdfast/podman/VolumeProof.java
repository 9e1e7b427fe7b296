package io.holdfast.podman;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.RestoreProof;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.checksum.Checksum;
import io.holdfast.domain.fingerprint.Difference;
import io.holdfast.domain.fingerprint.Fingerprint;
import io.holdfast.domain.fingerprint.TreeFingerprint;
import io.holdfast.podman.archive.DamagedTarException;
import io.holdfast.podman.archive.ListingReader;
import io.holdfast.podman.archive.TreeComparison;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a restored volume as a backup does and holds its tree against the one that was backed up.
 * The fingerprint decides; the listing, which is read beside the volume, only names what differs.
 */
final class VolumeProof implements RestoreProof {

  private final PodmanHost host;

  VolumeProof(PodmanHost host) {
    this.host = host;
  }

  @Override
  public boolean proves(ArtifactId id) {
    return id.kind() == ArtifactKind.VOLUME;
  }

  @Override
  public Proof compare(
      ArtifactId id,
      String restoredAs,
      Fingerprint expected,
      Optional<ArtifactContent> listing,
      Cancellation cancellation)
      throws IOException {
    if (!(expected instanceof TreeFingerprint tree)) {
      throw new IntegrityFailure(
          "The fingerprint of " + id.describe() + " is none of a volume.",
          "The set's manifest is damaged; choose another set.");
    }
    return listing.isPresent()
        ? compare(id, restoredAs, tree, listing.get(), cancellation)
        : compare(restoredAs, tree, cancellation);
  }

  /** Without a listing it can be said that they differ, and not where. */
  private Proof compare(String volume, TreeFingerprint expected, Cancellation cancellation)
      throws IOException {
    TreeFingerprint found = read(volume, OutputStream.nullOutputStream(), cancellation);
    return proof(
        expected,
        found.equals(expected)
            ? List.of()
            : List.of(new Difference("tree", differs(expected, found))));
  }

  private Proof compare(
      ArtifactId id,
      String volume,
      TreeFingerprint expected,
      ArtifactContent listing,
      Cancellation cancellation)
      throws IOException {
    try (ListingReader earlier = new ListingReader(listing.open())) {
      TreeComparison comparison = new TreeComparison(earlier, Proof.MOST_DIFFERENCES);
      TreeFingerprint found = read(volume, comparison, cancellation);
      comparison.end();
      Checksum listed = earlier.digest();
      if (found.equals(expected)) {
        return proof(expected, List.of());
      }
      if (!listed.equals(expected.digest()) || comparison.found() == 0) {
        return proof(
            expected,
            List.of(
                new Difference(
                    "tree",
                    differs(expected, found)
                        + "; its listing does not fit the fingerprint, so that no file is named")));
      }
      return proof(expected, named(comparison));
    } catch (DamagedTarException e) {
      throw new IntegrityFailure(
          "The listing of "
              + id.describe()
              + " ("
              + listing.describe()
              + ") cannot be read: "
              + e.getMessage()
              + ".",
          "Choose another set, or another target that holds this one (--target).",
          e);
    }
  }

  private TreeFingerprint read(String volume, OutputStream lines, Cancellation cancellation)
      throws IOException {
    return new VolumeExport(host, volume)
        .run(OutputStream.nullOutputStream(), lines, cancellation)
        .fingerprint()
        .map(TreeFingerprint.class::cast)
        .orElseThrow(() -> new IllegalStateException("a listed export has a fingerprint"));
  }

  private static List<Difference> named(TreeComparison comparison) {
    List<Difference> differences = new ArrayList<>(comparison.differences());
    long more = comparison.found() - differences.size();
    if (more > 0) {
      differences.add(new Difference("tree", "differs in " + more + " more files"));
    }
    return differences;
  }

  private static String differs(TreeFingerprint expected, TreeFingerprint found) {
    return "had "
        + count(expected)
        + ", has "
        + count(found)
        + (expected.files() == found.files() && expected.bytes() == found.bytes()
            ? ", and is not the same"
            : "");
  }

  private static Proof proof(TreeFingerprint expected, List<Difference> differences) {
    return new Proof(count(expected), differences);
  }

  private static String count(TreeFingerprint tree) {
    return tree.files() + " files and folders, " + tree.bytes() + " bytes";
  }
}
