package io.holdfast.application.stream;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactSource;
import io.holdfast.application.port.out.source.ArtifactSpec;
import io.holdfast.application.port.out.source.ExportReport;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.Listing;
import io.holdfast.domain.backup.SetLayout;
import io.holdfast.domain.backup.StoredArtifact;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Stores one artifact in one pass: the source inspects as it pushes; then compression, hash and
 * count, and fan-out to every target. Memory does not grow with the artifact.
 */
public final class ArtifactPipeline {

  /** Of {@value ChunkRelay#CHUNK_BYTES} bytes each: 32 MiB for all artifacts that are under way. */
  private static final int CHUNKS_OF_ALL = 128;

  /** What a target may fall behind before the others wait for it. */
  private static final int MOST_CHUNKS = 16;

  /** One that is filled while another is written. */
  private static final int LEAST_CHUNKS = 2;

  private final Codecs codecs;
  private final Clock clock;
  private final int chunks;

  /**
   * @param atOnce how many artifacts are stored at a time, which share the memory before the
   *     targets
   */
  public ArtifactPipeline(Codecs codecs, Clock clock, int atOnce) {
    this.codecs = codecs;
    this.clock = clock;
    this.chunks = Math.max(LEAST_CHUNKS, Math.min(MOST_CHUNKS, CHUNKS_OF_ALL / atOnce));
  }

  /**
   * Stores an artifact on every target that is in the run; a target that fails is taken out of it.
   *
   * @param path the artifact's file, relative to the set
   * @param progress told how many more bytes the source gave
   * @throws SourceFailure when the source fails or gives nothing; no file is left
   * @throws IOException when no target is left
   */
  public StoredArtifact store(
      ArtifactSource source,
      ArtifactSpec spec,
      String path,
      List<TargetRun> targets,
      LongConsumer progress,
      Cancellation cancellation)
      throws IOException {
    Instant begun = clock.instant();
    try (FanOut fanOut = FanOut.begin(path, targets, chunks, cancellation);
        ListingFile listing = listing(spec, targets, cancellation)) {
      HashingOutputStream stored = new HashingOutputStream(fanOut.body());
      ExportReport report;
      try (OutputStream encoded = codecs.of(spec.encoding()).compress(stored)) {
        ProgressOutputStream plain = new ProgressOutputStream(encoded, progress, cancellation);
        report = source.export(spec, plain, listing.body(), cancellation);
        plain.end();
        requireContent(spec, report, plain);
      }
      fanOut.commit();
      Optional<Listing> listed = listing.commit();
      return new StoredArtifact(
          spec.id(),
          path,
          stored.bytes(),
          report.sourceBytes(),
          report.entries(),
          stored.checksum(),
          spec.encoding(),
          Duration.between(begun, clock.instant()),
          report.origin(),
          report.warnings(),
          report.fingerprint(),
          listed);
    }
  }

  private ListingFile listing(ArtifactSpec spec, List<TargetRun> targets, Cancellation cancellation)
      throws IOException {
    return spec.listed()
        ? new WrittenListing(
            SetLayout.listingOf(spec.id()), codecs.of(Encoding.GZIP), targets, cancellation)
        : ListingFile.NONE;
  }

  private static void requireContent(
      ArtifactSpec spec, ExportReport report, ProgressOutputStream plain) {
    if (plain.bytes() == 0 || report.entries() < 1) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "The " + spec.id().describe() + " came out empty.",
          "Run holdfast check, and look at the source.");
    }
  }
}
