package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.StoredSet;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.DrillBackup;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.recovery.HostLock;
import io.holdfast.application.stream.Codecs;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.Share;
import io.holdfast.domain.checksum.Checksum;
import io.holdfast.domain.recovery.DrillRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Drills one set after the other, and writes down what came of each. */
final class DrillBackupService implements DrillBackup {

  private static final String DRILL = "drill";
  private static final String USUAL_CLUSTER = "main";

  private final UseCases.Host host;
  private final UseCases.DrillGround ground;
  private final SetReads reads;
  private final SetVerifier verifier;
  private final Codecs codecs;
  private final Recovery recovery;
  private final HostLock hostLock;
  private final BackupEvents events;

  DrillBackupService(
      UseCases.Host host,
      UseCases.DrillGround ground,
      SetReads reads,
      SetVerifier verifier,
      Codecs codecs,
      Recovery recovery,
      HostLock hostLock,
      BackupEvents events) {
    this.host = host;
    this.ground = ground;
    this.reads = reads;
    this.verifier = verifier;
    this.codecs = codecs;
    this.recovery = recovery;
    this.hostLock = hostLock;
    this.events = events;
  }

  @Override
  public Report drill(Request request, Cancellation cancellation) {
    if (request.selector() instanceof SetSelector.AtPath) {
      throw new UsageFailure(
          "A folder cannot be drilled: what is shown is written beside the set on its target.",
          "Name a set by its id, or latest, and its target with --target.");
    }
    HostLock.Held lock = hostLock.acquire(DRILL);
    try {
      recovery.undoAbandoned(events, cancellation);
      return request.allTargets()
          ? onEach(request, cancellation)
          : new Report(List.of(one(request.selector(), request.sample(), cancellation)), List.of());
    } finally {
      lock.close();
    }
  }

  /** A target that has no such set does not keep the others from being drilled. */
  private Report onEach(Request request, Cancellation cancellation) {
    List<Drilled> drills = new ArrayList<>();
    List<Unread> unread = new ArrayList<>();
    for (SetCatalog catalog : reads.finder().catalogs(Optional.empty())) {
      String target = catalog.target().name();
      try {
        drills.add(one(on(target, request.selector()), request.sample(), cancellation));
      } catch (InterruptedFailure interrupted) {
        throw interrupted;
      } catch (Failure failure) {
        unread.add(new Unread(target, failure));
      }
    }
    return new Report(drills, unread);
  }

  private static SetSelector on(String target, SetSelector selector) {
    return selector instanceof SetSelector.ById byId
        ? new SetSelector.ById(byId.id(), Optional.of(target))
        : new SetSelector.Latest(Optional.of(target));
  }

  private Drilled one(SetSelector selector, Optional<Share> sample, Cancellation cancellation) {
    try (SetReads.Open open = reads.open(selector, DRILL)) {
      StoredSet set = open.set();
      SetCatalog catalog =
          open.catalog().orElseThrow(() -> new IllegalStateException("a set without a target"));
      SetId id =
          SetId.parse(set.name())
              .orElseThrow(() -> new IllegalStateException("a set without an id"));
      DrillTimes times = new DrillTimes(host.clock());
      DrillFindings findings = new DrillFindings(events);
      Restores restores = new Restores();
      findings.attempt("", () -> restores.run(set, id, sample, times, findings, cancellation));
      DrillRecord record =
          new DrillRecord(
              id,
              catalog.target().name(),
              host.name(),
              times.started(),
              times.took(),
              times.restoreTook(),
              restores.bytes.get(),
              sample.isEmpty(),
              times.phases(),
              findings.proofs(),
              findings.assertions(),
              findings.problems(),
              ground.rto());
      new DrillRecorder(reads, ground.ledger(), findings).record(record);
      return new Drilled(
          record,
          set.location(),
          new Restored(restores.databases, restores.volumes),
          findings.warnings(),
          findings.failure());
    }
  }

  /** What came back, as far as it is known when a part fails. */
  private final class Restores {
    private final AtomicLong bytes = new AtomicLong();
    private int databases;
    private int volumes;

    void run(
        StoredSet set,
        SetId id,
        Optional<Share> sample,
        DrillTimes times,
        DrillFindings findings,
        Cancellation cancellation) {
      Map<String, Checksum> checksums = set.checksums();
      DrillPlan plan =
          DrillPlan.of(
              id,
              set.artifacts(checksums),
              sample,
              sample.isPresent() ? ground.ledger().drills() : List.of(),
              ground.clusterNames().size() == 1 ? ground.clusterNames().get(0) : USUAL_CLUSTER);
      plan.missing()
          .forEach(
              missing ->
                  findings.warn(
                      missing.id().describe()
                          + " is not in the set: its backup failed ("
                          + missing.reason()
                          + ")"));
      bytes.set(plan.storedBytes());
      DrillRun run = new DrillRun(ground, verifier, codecs, events, times, findings, set, plan);
      run.run(checksums, cancellation);
      databases = run.restored(ArtifactKind.DATABASE);
      volumes = run.restored(ArtifactKind.VOLUME);
    }
  }
}
