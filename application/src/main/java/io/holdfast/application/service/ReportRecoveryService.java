package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.ReportRecovery;
import io.holdfast.application.port.in.ReportStatus;
import io.holdfast.application.port.out.history.RunJournal;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.recovery.RecoveryGaps;
import io.holdfast.domain.trend.RecoveryPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks back over the sets of this host on each target, one after the other. */
final class ReportRecoveryService implements ReportRecovery {

  private final UseCases.Host host;
  private final UseCases.Storage storage;
  private final ReportStatus status;
  private final TargetLocker locker;
  private final RunJournal runs;

  ReportRecoveryService(
      UseCases.Host host,
      UseCases.Storage storage,
      ReportStatus status,
      TargetLocker locker,
      RunJournal runs) {
    this.host = host;
    this.storage = storage;
    this.status = status;
    this.locker = locker;
    this.runs = runs;
  }

  @Override
  public Report report(Request request) {
    ReportStatus.Report now = status.report(new ReportStatus.Request(request.target(), false));
    Duration window = Duration.ofDays(request.days());
    Instant since = now.at().minus(window);
    List<Run> remembered = runs.runs();
    LargestArtifacts largest = new LargestArtifacts(since);
    List<TargetPast> targets = new ArrayList<>();
    Set<SetId> anywhere = new TreeSet<>();
    List<PastLook.Point> points = new ArrayList<>();
    for (SetCatalog catalog : SetFinder.named(storage.catalogs(host.name()), request.target())) {
      String name = catalog.target().name();
      PastLook look = new PastLook(name, since, now.at(), largest);
      try {
        look.read(catalog, locker.marksOf(catalog.target()), remembered);
        Set<SetId> moments = moments(look.points(), look.deleted());
        anywhere.addAll(look.deleted());
        points.addAll(look.points());
        targets.add(
            new TargetPast(name, look.sets(), gaps(moments, now.at(), window), Optional.empty()));
      } catch (StorageFailure failure) {
        targets.add(
            new TargetPast(
                name, List.of(), new RecoveryGaps(List.of()), Optional.of(failure.getMessage())));
      }
    }
    RecoveryGaps gaps = gaps(moments(points, anywhere), now.at(), window);
    return new Report(since, now, targets, gaps, largest.sizes());
  }

  /** Those that sets which are there tell, and those of sets that were deleted since. */
  private static Set<SetId> moments(List<PastLook.Point> points, Set<SetId> deleted) {
    TreeSet<SetId> moments =
        new TreeSet<>(
            RecoveryPoint.all(points.stream().map(PastLook.Point::set).distinct().toList()));
    // One that is gone was there for a while: it ends gaps of the past, and never the present one.
    if (!moments.isEmpty()) {
      SetId newest = moments.last();
      deleted.stream().filter(set -> set.compareTo(newest) < 0).forEach(moments::add);
    }
    return moments;
  }

  private static RecoveryGaps gaps(Set<SetId> moments, Instant now, Duration window) {
    return RecoveryGaps.of(moments.stream().map(SetId::begun).toList(), now, window);
  }
}
