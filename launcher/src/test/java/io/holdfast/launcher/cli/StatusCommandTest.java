package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.ReportStatus.AtWork;
import io.holdfast.application.port.in.ReportStatus.Concern;
import io.holdfast.application.port.in.ReportStatus.Content;
import io.holdfast.application.port.in.ReportStatus.Finding;
import io.holdfast.application.port.in.ReportStatus.HostStatus;
import io.holdfast.application.port.in.ReportStatus.MissingSet;
import io.holdfast.application.port.in.ReportStatus.Report;
import io.holdfast.application.port.in.ReportStatus.Request;
import io.holdfast.application.port.in.ReportStatus.TargetStatus;
import io.holdfast.application.port.in.ReportStatus.Verified;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.recovery.DrillHistory;
import io.holdfast.domain.recovery.DrillRecord;
import io.holdfast.domain.recovery.Objectives;
import io.holdfast.domain.recovery.RecoveryTime;
import io.holdfast.domain.trend.SetComparison;
import io.holdfast.domain.trend.SetSize;
import io.holdfast.domain.trend.SizeTrend;
import io.holdfast.launcher.config.Needs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusCommandTest {

  private static final Instant NOW = Instant.parse("2025-10-06T07:02:00Z");
  private static final SetId SET = Samples.id("20251006_020000");

  private final FakeSession session = new FakeSession();

  private static Content content(Optional<AtWork> lock) {
    return new Content(
        Optional.of(SET),
        Optional.of(SET),
        new SizeTrend(List.of(new SetSize(SET, 2048))),
        OptionalLong.of(1_048_576),
        Optional.of(Duration.ofDays(40)),
        Map.of(SET, new Pin(Optional.empty(), NOW, "me")),
        Optional.of(
            new Verified(
                SET,
                new Verdict(NOW.minusSeconds(3600), true, true, true, 9, List.of(), List.of()))),
        List.of(),
        Optional.empty(),
        lock,
        0,
        DrillHistory.NONE);
  }

  private final List<DrillRecord> drills = new ArrayList<>();

  private static DrillRecord drill(String... problems) {
    return new DrillRecord(
        SET,
        "local",
        "umig",
        NOW.minusSeconds(90),
        Duration.ofSeconds(60),
        Duration.ofSeconds(41),
        1000,
        true,
        List.of(),
        List.of(),
        List.of(),
        List.of(problems),
        Optional.of(Duration.ofMinutes(15)));
  }

  private HostStatus host(String name, SetComparison comparison, Finding... findings) {
    LockHolder holder =
        new LockHolder("t", "umig", 7, "m", NOW.minusSeconds(60), "backup", Optional.empty());
    return new HostStatus(
        name,
        List.of(
            new TargetStatus(
                "local",
                "/b",
                true,
                Optional.of(content(Optional.of(new AtWork(holder, NOW.minusSeconds(5))))),
                Optional.empty()),
            new TargetStatus(
                "usb",
                "/usb",
                false,
                Optional.empty(),
                Optional.of(new StorageFailure(FailureKind.STORAGE, "gone", "plug it in")))),
        Optional.of(SET),
        Optional.of(SET),
        comparison,
        List.of(new MissingSet(SET, List.of("local"))),
        Optional.of(Instant.parse("2025-10-07T02:00:00Z")),
        List.of(findings),
        new DrillHistory(drills),
        new RecoveryTime(
            new DrillHistory(drills).measurements(),
            OptionalLong.of(1341),
            Optional.of(Duration.ofMinutes(15))));
  }

  private static Report report(HostStatus... hosts) {
    return new Report(
        NOW,
        new Objectives(Optional.of(Duration.ofHours(24)), Optional.of(Duration.ofMinutes(15))),
        List.of(hosts),
        List.of("a remark"));
  }

  private static Finding finding(Concern concern) {
    return new Finding(concern, "umig", Optional.of("local"), "it is\nso | so");
  }

  @Test
  void a_host_that_is_well_says_so_first() {
    session.status = report(host("umig", SetComparison.NONE));
    Run run = Run.of(session, "status");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            OK  umig can be brought back to 20251006_020000, 5 h 2 min ago

            HOST  TARGET  BACK TO                AGE  SETS     SIZE  USUALLY     FREE  FULL IN  VERIFIED       LAST DRILL  REMARK
            umig  local   20251006_020000  5 h 2 min     1  2.0 KiB        -  1.0 MiB     40 d  1 h 0 min ago  never       lacks 1 of the newest sets; 1 pinned; backup at work since 2025-10-06T07:01:00Z, last sign 5.0 s ago
            umig  usb     -                              -        -        -        -        -  -              -           not required; cannot be read

            restore: never measured, objective 15 min 0 s
            next backup: 2025-10-07T02:00:00Z
            """);
    assertThat(run.err()).isEqualTo("warning: a remark\n");
    assertThat(session.asked).containsExactly(new Request(Optional.empty(), false));
    assertThat(session.needs).isEqualTo(Needs.storage(Set.of()));
    assertThat(session.open).isZero();
  }

  @Test
  void what_is_wrong_is_told_host_by_host() {
    session.status =
        report(
            host("umig", SetComparison.NONE),
            host(
                "other",
                Samples.DOUBTS,
                finding(Concern.OBJECTIVE_MISSED),
                finding(Concern.SUSPECT),
                finding(Concern.VANISHED)));
    Run run = Run.of(session, "status", "--all-hosts");
    assertThat(run.exitCode()).isEqualTo(15);
    assertThat(run.out())
        .startsWith(
            """
            MISSED  1 of 2 hosts is not as they should be
            MISSED  other: it is\\nso | so
            SUSPECT  other: volume confluence_data has 10.0 KiB, and usually 3.0 MiB (the median of 7 sets): see whether something was lost
            VANISHED  other: database main/old is not there any more; the last set with it is 20251005_020000. Exclude it by name if that is meant

            HOST""");
    assertThat(session.asked).containsExactly(new Request(Optional.empty(), true));
  }

  @ParameterizedTest
  @CsvSource({
    "OBJECTIVE_MISSED,15,2,CRITICAL",
    "RTO_MISSED,15,2,CRITICAL",
    "UNPROVEN,3,1,WARNING",
    "UNREADABLE,12,3,UNKNOWN",
    "NO_SET,3,1,WARNING",
    "DAMAGED,3,1,WARNING",
    "FUTURE,3,1,WARNING",
    "SUSPECT,3,1,WARNING",
    "VANISHED,3,1,WARNING",
    "BEHIND,3,1,WARNING"
  })
  void each_concern_has_its_codes(Concern concern, int code, int nagios, String word) {
    session.status = report(host("umig", SetComparison.NONE, finding(concern)));
    assertThat(Run.of(session, "status").exitCode()).isEqualTo(code);
    Run line = Run.of(session, "status", "--nagios");
    assertThat(line.exitCode()).isEqualTo(nagios);
    assertThat(line.out()).startsWith("HOLDFAST " + word + " - umig: it is so / so | ");
  }

  @Test
  void the_worst_of_all_decides() {
    session.status =
        report(
            host("umig", SetComparison.NONE, finding(Concern.BEHIND)),
            host("other", SetComparison.NONE, finding(Concern.UNREADABLE)));
    assertThat(Run.of(session, "status").exitCode()).isEqualTo(12);
  }

  @Test
  void a_line_for_nagios_has_performance_data() {
    session.status = report(host("um=ig", SetComparison.NONE));
    Run run = Run.of(session, "status", "--nagios");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "HOLDFAST OK - um=ig can be brought back to 20251006_020000, 5 h 2 min ago | 'um_ig"
                + " age'=18120s;;86400;0 'um_ig local sets'=1 'um_ig local size'=2048B 'um_ig"
                + " local free'=1048576B\n");
  }

  @Test
  void a_line_and_a_document_do_not_go_together() {
    assertThat(Run.of(session, "status", "--nagios", "--json").exitCode()).isEqualTo(2);
    assertThat(session.asked).isEmpty();
  }

  @Test
  void nagios_is_told_of_what_went_wrong_in_its_own_way() {
    session.failWith(new StorageFailure(FailureKind.STORAGE, "no way", "look"));
    Run run = Run.of(session, "status", "--nagios");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).isEqualTo("HOLDFAST UNKNOWN - no way\n");
  }

  @Test
  void notify_tells_and_says_what_could_not_be_told() {
    session.status = report(host("umig", SetComparison.NONE));
    Run run = Run.of(session, "status", "--notify");
    assertThat(session.asked).contains("tell");
    assertThat(run.err()).contains("warning: nobody hears");
  }

  @Test
  void drills_and_restore_times_are_told() {
    drills.add(drill());
    session.status = report(host("umig", SetComparison.NONE));
    assertThat(Run.of(session, "status").out())
        .contains("1 h 0 min ago  proven 1 min 30 s ago  lacks")
        .contains(
            "restore: measured 41.0 s (drill, 1 min 30 s ago), projected 55.0 s for the newest set"
                + " (median of 1), objective 15 min 0 s: met\n");
    assertThat(Run.of(session, "status", "--nagios").out())
        .contains("'umig restore'=54s;;900;0 'umig drill age'=90s ");
    drills.set(0, drill("no room"));
    session.status = report(host("umig", SetComparison.NONE), host("other", SetComparison.NONE));
    assertThat(Run.of(session, "status").out())
        .contains("FAILED 1 min 30 s ago")
        .contains("restore of other: never measured");
  }

  @Test
  void a_status_in_json_keeps_its_shape() {
    drills.add(drill());
    session.status = report(host("umig", Samples.DOUBTS, finding(Concern.SUSPECT)));
    assertThat(Run.of(session, "status", "--json").out())
        .startsWith(
            """
            {
              "command" : "status",
              "at" : "2025-10-06T07:02:00Z",
              "rpo" : 86400.0,
              "rto" : 900.0,
              "hosts" : [
                {
                  "host" : "umig",
                  "findings" : [
                    {
                      "concern" : "SUSPECT",
                      "target" : "local",
                      "text" : "it is\\nso | so"
                    }
                  ],
                  "newest" : "20251006_020000",
                  "recoveryPoint" : "20251006_020000",
                  "age" : 18120.0,
                  "artifacts" : [
                    {
                      "kind" : "VOLUME",
                      "cluster" : null,
                      "name" : "confluence_data",
                      "comparedBytes" : 10240,
                      "usualBytes" : 3145728,
                      "sets" : 7
                    }
                  ],
            """)
        .contains(
            """
                  "missing" : [
                    {
                      "set" : "20251006_020000",
                      "targets" : [
                        "local"
                      ]
                    }
                  ],
                  "nextBackup" : "2025-10-07T02:00:00Z",
                  "recoveryTime" : {
                    "standing" : "MET",
                    "measured" : 41.0,
                    "measuredAt" : "2025-10-06T07:00:30Z",
                    "measuredBy" : "drill",
                    "measuredSet" : "20251006_020000",
                    "measuredBytes" : 1000,
                    "projected" : 54.981,
                    "measurements" : 1,
                    "newestBytes" : 1341,
                    "pace" : null
                  },
                  "lastDrill" : {
                    "set" : "20251006_020000",
                    "target" : "local",
                    "host" : "umig",
                    "started" : "2025-10-06T07:00:30Z",
                    "seconds" : 60.0,
                    "restoreSeconds" : 41.0,
                    "bytes" : 1000,
                    "whole" : true,
                    "proven" : true,
                    "rto" : 900.0,
                    "reasons" : [ ]
                  },
                  "failedDrills" : [ ],
                  "targets" : [
                    {
                      "target" : "local",
                      "location" : "/b",
                      "required" : true,
                      "failure" : null,
                      "content" : {
                        "newest" : "20251006_020000",
                        "recoveryPoint" : "20251006_020000",
                        "age" : 18120.0,
                        "sets" : 1,
                        "bytes" : 2048,
                        "newestBytes" : 2048,
                        "usualBytes" : null,
                        "bytesPerDay" : null,
                        "freeBytes" : 1048576,
                        "fullIn" : 3456000.0,
                        "pinned" : [
                          "20251006_020000"
                        ],
                        "verified" : {
                          "set" : "20251006_020000",
                          "at" : "2025-10-06T06:02:00Z",
                          "whole" : true,
                          "deep" : true,
                          "everything" : true
                        },
                        "damaged" : [ ],
                        "lastDrill" : null,
                        "lock" : {
                          "host" : "umig",
                          "pid" : 7,
                          "command" : "backup",
                          "since" : "2025-10-06T07:01:00Z",
                          "lastHeartbeat" : "2025-10-06T07:01:55Z"
                        },
                        "foreignSets" : 0
                      }
                    },
            """)
        .contains("\"failure\" : {\n            \"kind\" : \"STORAGE\"")
        .endsWith(
            """
              "remarks" : [
                "a remark"
              ],
              "exitCode" : 3
            }
            """);
  }
}
