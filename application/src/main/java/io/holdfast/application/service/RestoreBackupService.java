package io.holdfast.application.service;

import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.recovery.HostLock;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreProof;
import io.holdfast.domain.backup.Artifact;
import io.holdfast.domain.checksum.Checksum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Verifies, plans everything, then restores one artifact after the other. */
final class RestoreBackupService implements RestoreBackup {

  private static final String RESTORE = "restore";

  private final SetReads reads;
  private final RestoreWork work;
  private final List<RestoreDestination> destinations;
  private final List<RestoreProof> proofs;
  private final Recovery recovery;
  private final HostLock hostLock;
  private final BackupEvents events;

  RestoreBackupService(
      SetReads reads,
      RestoreWork work,
      List<RestoreDestination> destinations,
      List<RestoreProof> proofs,
      Recovery recovery,
      HostLock hostLock,
      BackupEvents events) {
    this.reads = reads;
    this.work = work;
    this.destinations = destinations;
    this.proofs = proofs;
    this.recovery = recovery;
    this.hostLock = hostLock;
    this.events = events;
  }

  @Override
  public Result restore(Request request, Cancellation cancellation) {
    try (SetReads.Open open = reads.open(request.selector(), RESTORE)) {
      return restore(open.set(), request, cancellation);
    }
  }

  private Result restore(StoredSet set, Request request, Cancellation cancellation) {
    Map<String, Checksum> checksums = set.checksums();
    List<Artifact> inSet = set.artifacts(checksums);
    RestoreSelection selection = RestoreSelection.of(set.name(), inSet, request);
    if (request.dryRun()) {
      return planOnly(set, checksums, inSet, selection, request, cancellation);
    }
    HostLock.Held lock = hostLock.acquire(RESTORE);
    try {
      Stopwatch whole = work.stopwatch();
      recovery.undoAbandoned(events, cancellation);
      work.verify(set, checksums, inSet, selection, List.of(), selection.artifacts(), cancellation);
      Duration verifying = whole.time();
      List<RestoreWork.Planned> plan =
          work.plan(set, inSet, selection.artifacts(), request, destinations, cancellation);
      RestoreWork.requireNoObstacle(plan);
      List<RestoredItem> items = work.run(plan, selection, cancellation);
      if (request.check()) {
        items = work.check(set, plan, items, proofs, cancellation);
      }
      return new Result(set.name(), set.location(), items, true, verifying, whole.time());
    } finally {
      lock.close();
    }
  }

  private Result planOnly(
      StoredSet set,
      Map<String, Checksum> checksums,
      List<Artifact> inSet,
      RestoreSelection selection,
      Request request,
      Cancellation cancellation) {
    Stopwatch whole = work.stopwatch();
    work.verify(set, checksums, inSet, selection, List.of(), selection.artifacts(), cancellation);
    Duration verifying = whole.time();
    List<RestoredItem> items = new ArrayList<>();
    for (RestoreWork.Planned planned :
        work.plan(set, inSet, selection.artifacts(), request, destinations, cancellation)) {
      items.add(planned.planOnly());
    }
    selection.missing().forEach(missing -> items.add(RestoreWork.missed(missing)));
    return new Result(set.name(), set.location(), items, false, verifying, whole.time());
  }
}
