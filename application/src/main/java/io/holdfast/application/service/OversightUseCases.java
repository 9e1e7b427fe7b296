package io.holdfast.application.service;

import io.holdfast.application.history.RunEvents;
import io.holdfast.application.history.RunHooks;
import io.holdfast.application.port.in.CheckHost;
import io.holdfast.application.port.in.ReportRecovery;
import io.holdfast.application.port.in.ReportStatus;
import io.holdfast.application.port.in.RunSchedule;
import io.holdfast.application.port.in.ScoutHost;
import io.holdfast.application.port.in.ShowHistory;
import io.holdfast.application.port.in.SuperviseRun;
import io.holdfast.application.port.in.VerifyTarget;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.history.DrillLedger;
import io.holdfast.application.port.out.history.ObjectivesMemory;
import io.holdfast.application.port.out.history.RunJournal;
import io.holdfast.application.port.out.history.RunObserver;
import io.holdfast.application.port.out.recovery.HostLock;
import io.holdfast.application.port.out.schedule.OwnCommands;
import io.holdfast.application.port.out.schedule.ScheduleMemory;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.recovery.Objectives;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The use cases that look after hosts, targets and runs. */
public final class OversightUseCases {

  private final UseCases.Host host;
  private final UseCases.Sources sources;
  private final UseCases.Storage storage;
  private final UseCases.Journal journal;
  private final Supervision supervision;
  private final BackupEvents events;
  private final CommonParts parts;

  OversightUseCases(
      UseCases.Host host,
      UseCases.Sources sources,
      UseCases.Storage storage,
      UseCases.Journal journal,
      Supervision supervision,
      BackupEvents events,
      CommonParts parts) {
    this.host = host;
    this.sources = sources;
    this.storage = storage;
    this.journal = journal;
    this.supervision = supervision;
    this.events = events;
    this.parts = parts;
  }

  /**
   * Keeps a schedule; needs no more of the configuration than the source tells.
   *
   * @param lock lets one process do it
   * @param memory of what was run
   * @param commands runs what is due
   * @param events is told what happens
   */
  public static RunSchedule runSchedule(
      HostLock lock,
      ScheduleMemory memory,
      OwnCommands commands,
      InstantSource clock,
      BackupEvents events) {
    return new RunScheduleService(lock, memory, commands, clock, events);
  }

  public CheckHost checkHost() {
    return new CheckHostService(
        parts.recovery(), sources.probes(), this::targetChecks, storage.quorum());
  }

  public VerifyTarget verifyTarget() {
    return new VerifyTargetService(
        parts.catalogs(), storage.door(), parts.locker(), parts.scratchNames(), events);
  }

  public ScoutHost scoutHost() {
    return new ScoutHostService(sources.scouts());
  }

  /**
   * Says how well hosts are backed up.
   *
   * @param watch what they are held against, and who hears of it
   */
  public ReportStatus reportStatus(Watch watch) {
    return new ReportStatusService(host, storage, watch, parts.locker(), supervision.journal());
  }

  /**
   * Tells how well this host could have been brought back over some time.
   *
   * @param watch what it is held against
   */
  public ReportRecovery reportRecovery(Watch watch) {
    return new ReportRecoveryService(
        host, storage, reportStatus(watch), parts.locker(), supervision.journal());
  }

  public SuperviseRun superviseRun() {
    return new SuperviseRunService(
        new RunRecords(
            supervision.journal(), journal.processes().self(), host.clock(), supervision.events()),
        new HookRunner(
            supervision.hooks(), supervision.runner(), host.name(), supervision.events()),
        supervision.observers(),
        host.clock(),
        supervision.events());
  }

  public ShowHistory showHistory() {
    return new ShowHistoryService(supervision.journal());
  }

  private List<TargetCheck> targetChecks() {
    TargetTidying tidying = new TargetTidying(parts.locker(), parts.scratchNames());
    return parts.catalogs().stream()
        .map(
            catalog ->
                new TargetCheck(
                    catalog, storage.door(), tidying, parts.scratchNames(), host.clock()))
        .toList();
  }

  /**
   * What hosts are held against.
   *
   * @param objectives what was promised
   * @param keptAtMost how many sets the retention keeps; empty when nothing is pruned by itself
   * @param wanted what the configuration means to be backed up
   * @param nextRuns when a kind of run is due next, where it is scheduled
   * @param observers who is told when other objectives are missed than before
   * @param memory which were missed before
   * @param drills what was shown of sets on this host
   */
  public record Watch(
      Objectives objectives,
      OptionalLong keptAtMost,
      Predicate<ArtifactId> wanted,
      Function<RunKind, Optional<Instant>> nextRuns,
      List<RunObserver> observers,
      Supplier<ObjectivesMemory> memory,
      DrillLedger drills) {
    public Watch {
      observers = List.copyOf(observers);
    }
  }

  /**
   * What goes on around runs.
   *
   * @param journal remembers them
   * @param events writes what is told during one into its journal
   * @param observers are told of them, in this order
   * @param hooks the operator's own programs around them
   * @param runner runs those
   */
  public record Supervision(
      RunJournal journal,
      RunEvents events,
      List<RunObserver> observers,
      Map<RunKind, RunHooks> hooks,
      CommandRunner runner) {
    public Supervision {
      observers = List.copyOf(observers);
      hooks = Map.copyOf(hooks);
    }
  }
}
