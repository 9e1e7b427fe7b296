package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.CheckHost;
import io.holdfast.application.port.in.CopyBackup;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.DrillBackup;
import io.holdfast.application.port.in.ListBackups;
import io.holdfast.application.port.in.ListContents;
import io.holdfast.application.port.in.ManageLocks;
import io.holdfast.application.port.in.PinBackup;
import io.holdfast.application.port.in.PruneBackups;
import io.holdfast.application.port.in.RecreateHost;
import io.holdfast.application.port.in.ReportRecovery;
import io.holdfast.application.port.in.ReportStatus;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.in.RestoreFiles;
import io.holdfast.application.port.in.ScoutHost;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.application.port.in.ShowBackup;
import io.holdfast.application.port.in.ShowHistory;
import io.holdfast.application.port.in.SuperviseRun;
import io.holdfast.application.port.in.TrustTarget;
import io.holdfast.application.port.in.VerifyBackup;
import io.holdfast.application.port.in.VerifyTarget;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.source.ContainerRecreation;
import io.holdfast.application.port.out.source.HealthProbe;
import io.holdfast.application.port.out.source.HostScout;
import io.holdfast.application.port.out.store.ServerKey;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Share;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunEnding;
import io.holdfast.domain.history.RunId;
import io.holdfast.domain.history.RunKind;
import io.holdfast.domain.history.RunOutcome;
import io.holdfast.launcher.config.HoldfastConfig;
import io.holdfast.launcher.config.Lifecycle;
import io.holdfast.launcher.config.Needs;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Use cases that answer what a test has put into them, and remember what they were asked. */
final class FakeSession implements Session, SessionFactory {

  private static final Instant NOW = Instant.parse("2025-10-06T02:00:00Z");

  ContainerRecreation.Written written = new ContainerRecreation.Written(List.of(), List.of());
  final List<Object> asked = new ArrayList<>();
  int open;
  @Nullable Needs needs;
  Optional<Path> configOption = Optional.empty();
  @Nullable RuntimeException failure;
  HoldfastConfig config =
      new HoldfastConfig(
          Optional.of(Path.of("/etc/holdfast/holdfast.yaml")),
          "umig",
          List.of(),
          Optional.empty(),
          List.of(),
          1,
          2,
          Lifecycle.usual(ZoneOffset.UTC),
          List.of());
  CreateBackup.@Nullable Result backup;
  ListBackups.Listing listing = new ListBackups.Listing(List.of(), List.of(), List.of());
  ShowBackup.@Nullable ShownSet shown;
  Consumer<ListContents.Listener> contents = listener -> {};
  List<VerifyBackup.VerifiedSet> verified = List.of();
  List<StorageFailure> unread = List.of();
  List<VerifyBackup.Sample> samples = List.of();
  RestoreBackup.Result restored = new RestoreBackup.Result("set", "here", List.of(), true);
  List<CheckHost.CheckedPart> checked = List.of();
  List<HealthProbe.Finding> notifiers = List.of();
  DrillBackup.Report drilled = new DrillBackup.Report(List.of(), List.of());
  VerifyTarget.@Nullable VerifiedTarget triedTarget;
  ReportStatus.@Nullable Report status;
  ReportRecovery.@Nullable Report past;
  List<ServerKey> presented = List.of();
  PinBackup.@Nullable Result pins;
  ManageLocks.Report locks = new ManageLocks.Report(List.of(), List.of());
  CopyBackup.Repair repair = new CopyBackup.Repair(List.of(), List.of());
  final List<RunKind> supervised = new ArrayList<>();
  List<String> spoiltBy = List.of();
  FakeHistory history = new FakeHistory();
  PruneBackups.Report pruned = new PruneBackups.Report(List.of());
  FakeScheduling scheduling = new FakeScheduling();
  HostScout.Sighting sighting = new HostScout.Sighting(List.of(), List.of(), List.of());

  @Override
  public Session open(Optional<Path> option, Needs wanted, BackupEvents events) {
    configOption = option;
    needs = wanted;
    throwFailure();
    open++;
    return this;
  }

  @Override
  public Scheduling scheduling(Optional<Path> option, BackupEvents events) {
    configOption = option;
    return scheduling;
  }

  @Override
  public ScoutHost scoutHost(BackupEvents events) {
    return cancellation -> sighting;
  }

  @Override
  public SuperviseRun superviseRun(BackupEvents events) {
    return superviseRun();
  }

  @Override
  public InstantSource clock() {
    return InstantSource.fixed(NOW);
  }

  @Override
  public ShowHistory showHistory(BackupEvents events) {
    return history;
  }

  /** Carries the work out with nothing around it but what a test has put there. */
  @Override
  public SuperviseRun superviseRun() {
    return new SuperviseRun() {
      @Override
      public <T> Supervised<T> supervise(
          RunKind kind, Work<T> work, ExitCodes<T> exitCodes, Cancellation cancellation) {
        supervised.add(kind);
        T result = work.carryOut();
        int exitCode = spoiltBy.isEmpty() ? exitCodes.of(result) : ExitCode.PARTIAL;
        RunEnding ending =
            new RunEnding(
                NOW,
                RunOutcome.ofExitCode(exitCode),
                exitCode,
                Optional.empty(),
                "",
                work.facts(result).withWarnings(spoiltBy));
        RunId id = new RunId("20251006_020000-" + kind.command() + "-4711");
        return new Supervised<>(result, new Run(id, kind, NOW, Optional.of(ending)));
      }
    };
  }

  @Override
  public RecreateHost recreateHost() {
    return new RecreateHost() {
      @Override
      public RestoreBackup.Result recreate(
          RestoreBackup.Request request,
          ContainerRecreation.Secrets secrets,
          Cancellation cancellation) {
        asked.add(request);
        return restored;
      }

      @Override
      public ContainerRecreation.Written write(
          SetSelector selector, ContainerRecreation.Form form, Cancellation cancellation) {
        asked.add(form);
        return written;
      }
    };
  }

  @Override
  public HealthProbe notifiers(boolean trying) {
    asked.add(trying);
    return cancellation -> notifiers;
  }

  @Override
  public HoldfastConfig config() {
    return config;
  }

  @Override
  public CreateBackup createBackup() {
    return (request, cancellation) -> {
      asked.add(request);
      return given(backup);
    };
  }

  @Override
  public ListBackups listBackups() {
    return target -> {
      asked.add(target);
      return listing;
    };
  }

  @Override
  public ShowBackup showBackup() {
    return selector -> {
      asked.add(selector);
      return given(shown);
    };
  }

  @Override
  public VerifyBackup verifyBackup() {
    return new VerifyBackup() {
      @Override
      public VerifiedSet verify(SetSelector selector, boolean deep, Cancellation cancellation) {
        asked.add(selector);
        asked.add(deep);
        return verified.get(0);
      }

      @Override
      public VerifiedAll verifyAll(
          Optional<String> target, boolean deep, Cancellation cancellation) {
        asked.add(target);
        asked.add(deep);
        return new VerifiedAll(verified, unread);
      }

      @Override
      public VerifiedAll verifySample(
          Optional<String> target, Share share, boolean deep, Cancellation cancellation) {
        asked.addAll(List.of(target, share, deep));
        return new VerifiedAll(verified, unread, samples);
      }
    };
  }

  @Override
  public RestoreBackup restoreBackup() {
    return (request, cancellation) -> {
      asked.add(request);
      return restored;
    };
  }

  @Override
  public ListContents listContents() {
    return (request, listener, cancellation) -> {
      asked.add(request);
      contents.accept(listener);
    };
  }

  @Override
  public DrillBackup drillBackup() {
    return (request, cancellation) -> {
      asked.add(request);
      return drilled;
    };
  }

  @Override
  public RestoreFiles restoreFiles() {
    return (request, cancellation) -> {
      asked.add(request);
      return new RestoreFiles.Result(
          "set", "here", ArtifactId.volume(request.volume()), request.to(), 2, List.of(), true);
    };
  }

  @Override
  public CopyBackup copyBackup() {
    return new CopyBackup() {
      @Override
      public CopiedSet copy(SetSelector selector, String to, Mode mode, Cancellation cancellation) {
        asked.addAll(List.of(selector, to, mode));
        return repair.sets().get(0);
      }

      @Override
      public Repair copyMissing(
          Optional<String> from, Optional<String> to, Mode mode, Cancellation cancellation) {
        asked.addAll(List.of(from, to, mode));
        return repair;
      }
    };
  }

  @Override
  public PruneBackups pruneBackups() {
    return (request, cancellation) -> {
      asked.add(request);
      return pruned;
    };
  }

  @Override
  public PinBackup pinBackup() {
    return new PinBackup() {
      @Override
      public Result pin(SetSelector selector, Optional<String> reason) {
        asked.addAll(List.of(selector, reason));
        return given(pins);
      }

      @Override
      public Result unpin(SetSelector selector) {
        asked.add(selector);
        return given(pins);
      }
    };
  }

  @Override
  public CheckHost checkHost() {
    return cancellation -> checked;
  }

  @Override
  public TrustTarget trustTarget() {
    return (target, judge) -> {
      asked.add(target);
      presented.forEach(key -> asked.add(judge.accepts(key)));
    };
  }

  @Override
  public ReportStatus reportStatus() {
    return new ReportStatus() {
      @Override
      public ReportStatus.Report report(Request request) {
        asked.add(request);
        return given(status);
      }

      @Override
      public List<String> tellChanges(Request request, ReportStatus.Report report) {
        asked.add("tell");
        return List.of("nobody hears");
      }
    };
  }

  @Override
  public ReportRecovery reportRecovery() {
    return request -> {
      asked.add(request);
      return given(past);
    };
  }

  @Override
  public VerifyTarget verifyTarget() {
    return (target, quick, cancellation) -> {
      asked.add(target);
      asked.add(quick);
      return given(triedTarget);
    };
  }

  @Override
  public ManageLocks manageLocks() {
    return new ManageLocks() {
      @Override
      public ManageLocks.Report show(Optional<String> target) {
        asked.add(target);
        return locks;
      }

      @Override
      public ManageLocks.Report clear(Optional<String> target, boolean force) {
        asked.add(target);
        asked.add(force);
        return locks;
      }
    };
  }

  @Override
  public void close() {
    open--;
  }

  /** Makes every session fail to open. */
  void failWith(Failure reason) {
    failure = reason;
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  private static <T> T given(@Nullable T answer) {
    if (answer == null) {
      throw new IllegalStateException("the test has put no answer here");
    }
    return answer;
  }
}
