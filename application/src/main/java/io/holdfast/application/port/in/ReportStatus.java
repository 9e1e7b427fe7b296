package io.holdfast.application.port.in;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.recovery.DrillHistory;
import io.holdfast.domain.recovery.Objectives;
import io.holdfast.domain.recovery.RecoveryTime;
import io.holdfast.domain.trend.SetComparison;
import io.holdfast.domain.trend.SizeTrend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Says how well this host, or every host beside it, is backed up. Reads only. */
public interface ReportStatus {

  /**
   * Looks at the targets. One that cannot be read is a finding.
   *
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when there is no such target
   */
  Report report(Request request);

  /**
   * Tells those who want to hear of it when other objectives are missed than at the last look.
   *
   * @return what could not be done about it, a sentence each
   */
  List<String> tellChanges(Request request, Report report);

  /**
   * What to look at.
   *
   * @param target one target alone; empty for all
   * @param allHosts true for every host that has a folder beside this one's
   */
  record Request(Optional<String> target, boolean allHosts) {}

  /**
   * What was seen.
   *
   * @param at when
   * @param objectives what was promised
   * @param hosts this host first, then the others by their names
   * @param remarks what was not looked at
   */
  record Report(Instant at, Objectives objectives, List<HostStatus> hosts, List<String> remarks) {
    public Report {
      hosts = List.copyOf(hosts);
      remarks = List.copyOf(remarks);
    }

    /** Everything that is not as it should be, the worst first within each host. */
    public List<Finding> findings() {
      return hosts.stream().flatMap(host -> host.findings().stream()).toList();
    }
  }

  /**
   * A host.
   *
   * @param host its name
   * @param targets each target, as configured
   * @param newest its newest COMPLETE set, wherever that is
   * @param recoveryPoint the set that all of it can be brought back to, on the best target
   * @param comparison its newest COMPLETE set beside those before it
   * @param missing its newest sets that a target lacks
   * @param nextBackup when the next one is due; empty when none is scheduled, or for another host
   * @param findings what is not as it should be
   * @param drills what was shown of its sets, as this host and the targets remember it
   * @param time how long it takes to bring it back
   */
  record HostStatus(
      String host,
      List<TargetStatus> targets,
      Optional<SetId> newest,
      Optional<SetId> recoveryPoint,
      SetComparison comparison,
      List<MissingSet> missing,
      Optional<Instant> nextBackup,
      List<Finding> findings,
      DrillHistory drills,
      RecoveryTime time) {
    public HostStatus {
      targets = List.copyOf(targets);
      missing = List.copyOf(missing);
      findings = List.copyOf(findings);
    }
  }

  /**
   * A host's folder on a target.
   *
   * @param target the target's name
   * @param location where it is, for people
   * @param required whether a set that it misses is no success
   * @param content what it holds; empty when it could not be read
   * @param failure why it could not be
   */
  record TargetStatus(
      String target,
      String location,
      boolean required,
      Optional<Content> content,
      Optional<Failure> failure) {}

  /**
   * What a target holds.
   *
   * @param newest its newest COMPLETE set
   * @param recoveryPoint the set that all of the host can be brought back to
   * @param sizes its published sets and how they grow
   * @param freeBytes how many more bytes fit, where that is known
   * @param fullIn when it is full if sets go on to grow as they did; empty when that cannot be told
   * @param pins the sets that are pinned
   * @param verified the newest verification
   * @param damaged sets that a verification has found damaged
   * @param lastDrill when the newest result of a drill was written
   * @param lock who is at work
   * @param foreign how many of the sets that were read name another host
   * @param drills the results of drills that lie there
   */
  record Content(
      Optional<SetId> newest,
      Optional<SetId> recoveryPoint,
      SizeTrend sizes,
      OptionalLong freeBytes,
      Optional<Duration> fullIn,
      Map<SetId, Pin> pins,
      Optional<Verified> verified,
      List<SetId> damaged,
      Optional<Instant> lastDrill,
      Optional<AtWork> lock,
      int foreign,
      DrillHistory drills) {
    public Content {
      pins = Map.copyOf(pins);
      damaged = List.copyOf(damaged);
    }
  }

  /**
   * A verification.
   *
   * @param set of which set
   * @param verdict what it found
   */
  record Verified(SetId set, Verdict verdict) {}

  /**
   * A held lock.
   *
   * @param holder who holds it
   * @param lastSign the holder's last sign of life, by the target's clock
   */
  record AtWork(LockHolder holder, Instant lastSign) {}

  /**
   * A set that is not everywhere.
   *
   * @param set its id
   * @param targets those that lack it
   */
  record MissingSet(SetId set, List<String> targets) {
    public MissingSet {
      targets = List.copyOf(targets);
    }
  }

  /**
   * Something that is not as it should be.
   *
   * @param concern what sort
   * @param host whose
   * @param target where; empty when it is not about one target
   * @param text a sentence
   */
  record Finding(Concern concern, String host, Optional<String> target, String text) {}

  /** What can be wrong, the worst first. */
  enum Concern {
    /** The newest set is older than it may be. */
    OBJECTIVE_MISSED,
    /** A restore takes longer than it may, or a drill has failed and none since has proven it. */
    RTO_MISSED,
    /** A required target cannot be read. */
    UNREADABLE,
    /** There is no COMPLETE set, and no objective says that there must be. */
    NO_SET,
    /** A verification has found a set damaged. */
    DAMAGED,
    /** A drill has failed, and no objective says how long a restore may take. */
    UNPROVEN,
    /** A set is dated in the future. */
    FUTURE,
    /** An artifact is unusually small. */
    SUSPECT,
    /** An artifact is gone. */
    VANISHED,
    /** A target that is not required cannot be read, or its newest set is too old. */
    BEHIND
  }
}
