package io.holdfast.application.port.in;

import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.recovery.RecoveryGaps;
import io.holdfast.domain.trend.SetSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells how well this host could have been brought back over some time. Reads only. */
public interface ReportRecovery {

  /**
   * Looks at the targets and at what this host remembers. A target that cannot be read is told.
   *
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when there is no such target
   */
  Report report(Request request);

  /**
   * What to look at.
   *
   * @param target one target alone; empty for all
   * @param days how far back
   */
  record Request(Optional<String> target, int days) {}

  /**
   * What was seen.
   *
   * @param since how far back was looked
   * @param now how well the host is backed up now, with drills and restore times
   * @param targets each target, as configured
   * @param gaps between the sets that the host could be brought back to, wherever they are or were
   * @param artifacts how the largest artifacts have grown
   */
  record Report(
      Instant since,
      ReportStatus.Report now,
      List<TargetPast> targets,
      RecoveryGaps gaps,
      List<ArtifactSizes> artifacts) {
    public Report {
      targets = List.copyOf(targets);
      artifacts = List.copyOf(artifacts);
    }

    /** The host. */
    public ReportStatus.HostStatus host() {
      return now.hosts().get(0);
    }
  }

  /**
   * A target.
   *
   * @param target its name
   * @param sets those of the time that was looked at, newest first
   * @param gaps between the sets that the host could be brought back to from this target alone
   * @param failure why it could not be read; empty when it was
   */
  record TargetPast(
      String target, List<PastSet> sets, RecoveryGaps gaps, Optional<String> failure) {
    public TargetPast {
      sets = List.copyOf(sets);
    }
  }

  /**
   * A set on a target.
   *
   * @param bytes of all its files; for one that is deleted those of its artifacts
   * @param artifacts how many it stored
   * @param failed how many it could not store
   * @param took how long it took to make; empty when that is not known
   * @param tag a word of the operator's
   * @param note a sentence of the operator's
   * @param pinned true when it is never deleted
   */
  record PastSet(
      SetId id,
      PastState state,
      long bytes,
      int artifacts,
      int failed,
      Optional<Duration> took,
      Optional<String> tag,
      Optional<String> note,
      boolean pinned) {}

  /** What became of a set. */
  enum PastState {
    /** All is there that was asked for. */
    COMPLETE,
    /** The same, but something in it is unusually small. */
    SUSPECT,
    /** Something is missing that was asked for. */
    PARTIAL,
    /** A verification has found it damaged, or its manifest cannot be read. */
    DAMAGED,
    /** It was made by hand, without a manifest. */
    HANDMADE,
    /** It was never finished. */
    INCOMPLETE,
    /** It was made, and is not there any more. */
    DELETED
  }

  /**
   * An artifact's files over time.
   *
   * @param name with its kind
   * @param sizes oldest first
   */
  record ArtifactSizes(String name, List<SetSize> sizes) {
    public ArtifactSizes {
      sizes = List.copyOf(sizes);
    }
  }
}
