package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.ReportStatus;
import io.holdfast.application.port.out.history.RunJournal;
import io.holdfast.domain.history.RunKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the targets, and judges each host by all of them. */
final class ReportStatusService implements ReportStatus {

  private final UseCases.Host host;
  private final UseCases.Storage storage;
  private final OversightUseCases.Watch watch;
  private final TargetLook look;
  private final ObjectiveChanges changes;
  private final RunJournal runs;

  ReportStatusService(
      UseCases.Host host,
      UseCases.Storage storage,
      OversightUseCases.Watch watch,
      TargetLocker locker,
      RunJournal runs) {
    this.runs = runs;
    this.host = host;
    this.storage = storage;
    this.watch = watch;
    this.look = new TargetLook(locker, watch.keptAtMost());
    this.changes = new ObjectiveChanges(watch.memory(), watch.observers());
  }

  @Override
  public Report report(Request request) {
    Instant now = host.clock().instant();
    int quorum = request.target().isPresent() ? 1 : storage.quorum();
    try (Fleet fleet = new Fleet(host.name())) {
      for (SetCatalog catalog : SetFinder.named(storage.catalogs(host.name()), request.target())) {
        if (request.allHosts()) {
          fleet.addAll(catalog.target(), storage.door());
        } else {
          fleet.add(catalog.target());
        }
      }
      List<HostStatus> hosts = new ArrayList<>();
      for (String name : fleet.hosts()) {
        hosts.add(judge(name, look(fleet, name, now), now, quorum));
      }
      List<String> remarks = new ArrayList<>(fleet.remarks());
      hosts.forEach(each -> RecoveryVerdict.remark(each).ifPresent(remarks::add));
      return new Report(now, watch.objectives(), hosts, remarks);
    }
  }

  @Override
  public List<String> tellChanges(Request request, Report report) {
    return changes.tell(request.allHosts() ? "all-hosts" : "this-host", report);
  }

  private HostStatus judge(String name, List<TargetLook.Seen> seen, Instant now, int quorum) {
    boolean own = name.equals(host.name());
    RecoveryVerdict recovery =
        RecoveryVerdict.of(
            seen,
            own ? watch.drills().drills() : List.of(),
            own ? runs.runs() : List.of(),
            watch.objectives().rto());
    return new HostVerdict(name, seen, now, watch.objectives().rpo(), quorum)
        .judge(
            id -> !own || watch.wanted().test(id),
            own ? watch.nextRuns().apply(RunKind.BACKUP) : Optional.empty(),
            recovery);
  }

  private List<TargetLook.Seen> look(Fleet fleet, String name, Instant now) {
    List<TargetLook.Seen> seen = new ArrayList<>();
    for (Fleet.Place place : fleet.placesOf(name)) {
      Target folder = place.of(name);
      try {
        place.failure().ifPresent(ReportStatusService::raise);
        boolean alone = place.folders().isEmpty();
        seen.add(look.look(folder, place.shelf(name), name, now, alone));
      } catch (StorageFailure failure) {
        seen.add(TargetLook.unread(folder, failure));
      }
    }
    return seen;
  }

  private static void raise(StorageFailure failure) {
    throw failure;
  }
}
