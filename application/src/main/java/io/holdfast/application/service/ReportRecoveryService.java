package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.ReportRecovery;
import io.holdfast.application.port.in.ReportStatus;
import io.holdfast.application.port.out.history.RunJournal;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.recovery.RecoveryGaps;
import io.holdfast.domain.trend.RecoveryPoint;
import io.holdfast.domain.trend.RecoveryPoint.Reached;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    List<PastLook.Point> anywhere = new ArrayList<>();
    List<PastLook.Point> points = new ArrayList<>();
    for (SetCatalog catalog : SetFinder.named(storage.catalogs(host.name()), request.target())) {
      String name = catalog.target().name();
      PastLook look = new PastLook(name, since, now.at(), largest);
      try {
        look.read(catalog, locker.marksOf(catalog.target()), remembered);
        List<Reached> reached = reached(look.points(), look.deleted());
        anywhere.addAll(look.deleted());
        points.addAll(look.points());
        targets.add(
            new TargetPast(
                name, look.sets(), RecoveryGaps.of(reached, now.at(), window), Optional.empty()));
      } catch (StorageFailure failure) {
        targets.add(
            new TargetPast(
                name, List.of(), new RecoveryGaps(List.of()), Optional.of(failure.getMessage())));
      }
    }
    RecoveryGaps gaps = RecoveryGaps.of(reached(points, anywhere), now.at(), window);
    return new Report(since, now, targets, gaps, largest.sizes());
  }

  /** Those that sets which are there tell, and those of sets that were deleted since. */
  private static List<Reached> reached(List<PastLook.Point> points, List<PastLook.Point> deleted) {
    List<Manifest> sets = new ArrayList<>(points.stream().map(PastLook.Point::set).toList());
    List<Reached> left = RecoveryPoint.all(sets);
    if (left.isEmpty()) {
      return left;
    }
    // One that is gone was there for a while: it ends gaps of the past, and never the present one.
    SetId newest = left.get(left.size() - 1).set();
    deleted.stream()
        .map(PastLook.Point::set)
        .filter(set -> set.id().compareTo(newest) < 0)
        .forEach(sets::add);
    return RecoveryPoint.all(sets);
  }
}
