package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.CheckHost.CheckedPart;
import io.holdfast.application.port.in.CheckHost.Part;
import io.holdfast.application.port.in.CopyBackup;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.ListBackups.Listing;
import io.holdfast.application.port.in.ListedSet;
import io.holdfast.application.port.in.ListedSet.State;
import io.holdfast.application.port.in.ManageLocks;
import io.holdfast.application.port.in.ManageLocks.Cleared;
import io.holdfast.application.port.in.ManageLocks.Report;
import io.holdfast.application.port.in.ManageLocks.TargetLock;
import io.holdfast.application.port.in.PinBackup;
import io.holdfast.application.port.in.PinBackup.PinnedCopy;
import io.holdfast.application.port.in.RestoreBackup;
import io.holdfast.application.port.in.RestoreBackup.RestoredItem;
import io.holdfast.application.port.in.ShowBackup.ShownSet;
import io.holdfast.application.port.in.VerifyBackup;
import io.holdfast.application.port.in.VerifyBackup.FileProblem;
import io.holdfast.application.port.in.VerifyBackup.VerifiedSet;
import io.holdfast.application.port.out.source.HealthProbe.Finding;
import io.holdfast.application.port.out.source.HealthProbe.Level;
import io.holdfast.application.port.out.source.PreparedRestore.Obstacle;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.launcher.config.HoldfastConfig;
import io.holdfast.launcher.config.Lifecycle;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenderingTest {

  private static final Manifest WHOLE = Samples.manifest(Samples.DATABASE, Samples.VOLUME);
  private static final Manifest PART = Samples.manifest(Samples.DATABASE, Samples.FAILED);

  private static final Pin PIN =
      new Pin(Optional.of("before 9.2"), Instant.parse("2025-10-06T02:00:00Z"), "umig");

  private final FakeSession session = new FakeSession();

  @Test
  void list_shows_each_set_with_its_state_and_what_is_odd_about_it() {
    session.listing =
        new Listing(
            List.of("local", "nas"),
            List.of(
                set("20251007_020000", State.INCOMPLETE, Optional.empty(), 100),
                set("20251006_020000", State.PARTIAL, Optional.of(PART), 1_572_864),
                new ListedSet(
                    "nas",
                    Samples.id("20251005_020000"),
                    State.COMPLETE,
                    Optional.of(WHOLE),
                    1_574_912,
                    Optional.of("other\u001b[2J"),
                    Optional.empty()),
                set("20251004_020000", State.HANDMADE, Optional.empty(), 5_000_000_000L),
                on("nas", set("20251006_020000", State.PARTIAL, Optional.of(PART), 1_572_864)),
                on("nas", set("20251004_020000", State.INCOMPLETE, Optional.empty(), 7))),
            List.of());
    assertThat(Run.of(session, "list").out())
        .isEqualTo(
            """
            SET              STATE       TARGETS     NOT ON     SIZE  ARTIFACTS  TAG      REMARK
            20251007_020000  INCOMPLETE  local                 100 B          -           not published; nothing restores from it
            20251006_020000  PARTIAL     local, nas          1.5 MiB     1 of 2  nightly
            20251005_020000  COMPLETE    nas                 1.5 MiB          2  nightly  of host other\\x1b[2J
            20251004_020000  HANDMADE    local       nas     4.7 GiB          -           made by hand, no manifest; INCOMPLETE on nas
            """);
  }

  @Test
  void list_tells_of_a_target_that_cannot_be_read_and_shows_the_others() {
    session.listing =
        new Listing(
            List.of("local", "nas"),
            List.of(set("20251004_020000", State.HANDMADE, Optional.empty(), 1)),
            List.of(
                new StorageFailure(
                    FailureKind.STORAGE_UNREACHABLE, "nas does not answer", "look at it")));
    Run run = Run.of(session, "list");
    assertThat(run.exitCode()).isEqualTo(12);
    assertThat(run.out()).contains("20251004_020000");
    assertThat(run.err()).isEqualTo("holdfast: error: nas does not answer\n  hint: look at it\n");
    assertThat(Run.of(session, "list", "--json").out())
        .contains("\"unread\" : [", "nas does not answer", "\"exitCode\" : 12");
  }

  private static final Instant TAKEN = Instant.parse("2025-10-06T02:00:00Z");

  private static final LockHolder HOLDER =
      new LockHolder(
          "t",
          "other\u001b[2J",
          4711,
          "boot:7",
          TAKEN,
          "backup",
          Optional.of(Samples.id("20251006_020000")));

  private static TargetLock lock(String target, ManageLocks.State state) {
    return new TargetLock(
        target,
        "/backups",
        state,
        Optional.of(HOLDER),
        Optional.of(TAKEN.plusSeconds(60)),
        Optional.of(TAKEN.plusSeconds(660)),
        Optional.empty());
  }

  private static TargetLock free(String target) {
    return new TargetLock(
        target,
        "/backups",
        ManageLocks.State.FREE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static TargetLock cleared(TargetLock lock) {
    return new TargetLock(
        lock.target(),
        lock.location(),
        lock.state(),
        lock.holder(),
        lock.lastHeartbeat(),
        lock.expires(),
        Optional.of(new Cleared(List.of(Samples.id("20251006_020000")), List.of())));
  }

  @Test
  void locks_shows_each_targets_holder_and_when_it_expires() {
    session.locks =
        new Report(List.of(free("local"), lock("nas", ManageLocks.State.ALIVE)), List.of());
    Run run = Run.of(session, "locks");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            TARGET  LOCK   HOLDER                                SINCE                 SET              LAST HEARTBEAT        EXPIRES               REMARK
            local   FREE
            nas     ALIVE  backup, process 4711 on other\\x1b[2J  2025-10-06T02:00:00Z  20251006_020000  2025-10-06T02:01:00Z  2025-10-06T02:11:00Z
            """);
  }

  @Test
  void locks_in_json_keep_their_shape() {
    session.locks = new Report(List.of(cleared(lock("nas", ManageLocks.State.EXPIRED))), List.of());
    assertThat(Run.of(session, "locks", "--clear", "--json").out())
        .isEqualTo(
            """
            {
              "command" : "locks",
              "clear" : true,
              "locks" : [
                {
                  "target" : "nas",
                  "location" : "/backups",
                  "state" : "EXPIRED",
                  "host" : "other\\u001B[2J",
                  "pid" : 4711,
                  "command" : "backup",
                  "since" : "2025-10-06T02:00:00Z",
                  "set" : "20251006_020000",
                  "lastHeartbeat" : "2025-10-06T02:01:00Z",
                  "expires" : "2025-10-06T02:11:00Z",
                  "cleared" : true,
                  "removedSets" : [
                    "20251006_020000"
                  ],
                  "leftSets" : [ ]
                }
              ],
              "unread" : [ ],
              "exitCode" : 0
            }
            """);
  }

  @Test
  void a_lock_that_was_not_cleared_is_busy_and_a_target_that_fails_is_storage() {
    session.locks =
        new Report(
            List.of(
                cleared(lock("local", ManageLocks.State.GONE)),
                lock("nas", ManageLocks.State.ALIVE)),
            List.of());
    Run left = Run.of(session, "locks", "--clear");
    assertThat(left.exitCode()).isEqualTo(14);
    assertThat(left.out()).contains("cleared; removed the unfinished 20251006_020000");

    session.locks = new Report(List.of(), List.of(new BusyFailure("comes and goes", "wait")));
    assertThat(Run.of(session, "locks", "--clear").exitCode()).isEqualTo(14);
    session.locks =
        new Report(
            List.of(free("local")),
            List.of(new StorageFailure(FailureKind.STORAGE, "nas is down", "look")));
    Run down = Run.of(session, "locks");
    assertThat(down.exitCode()).isEqualTo(12);
    assertThat(down.err()).contains("nas is down");
  }

  @Test
  void an_empty_list_says_so() {
    assertThat(Run.of(session, "list").out())
        .isEqualTo("no sets yet; `holdfast backup` makes the first\n");
  }

  @Test
  void a_list_in_json_keeps_its_shape() {
    session.listing =
        new Listing(
            List.of("local", "nas"),
            List.of(set("20251006_020000", State.PARTIAL, Optional.of(PART), 1_572_864)),
            List.of());
    assertThat(Run.of(session, "list", "--json").out())
        .isEqualTo(
            """
            {
              "command" : "list",
              "sets" : [
                {
                  "target" : "local",
                  "id" : "20251006_020000",
                  "state" : "PARTIAL",
                  "host" : "umig",
                  "foreign" : false,
                  "started" : "2025-10-06T02:00:00Z",
                  "finished" : "2025-10-06T02:00:04.500Z",
                  "tag" : "nightly",
                  "note" : null,
                  "cut" : null,
                  "storedBytes" : 1572864,
                  "storedArtifacts" : 1,
                  "failedArtifacts" : 1,
                  "problem" : null,
                  "pin" : null
                }
              ],
              "targets" : [
                "local",
                "nas"
              ],
              "copies" : [
                {
                  "id" : "20251006_020000",
                  "state" : "PARTIAL",
                  "foreign" : false,
                  "holding" : [
                    "local"
                  ],
                  "lacking" : [
                    "nas"
                  ]
                }
              ],
              "unread" : [ ],
              "exitCode" : 0
            }
            """);
  }

  @Test
  void show_tells_all_of_a_set() {
    session.shown =
        new ShownSet(
            "20251006_020000",
            "/backups/20251006_020000",
            State.COMPLETE,
            Optional.of(WHOLE),
            WHOLE.artifacts(),
            1_574_912);
    assertThat(Run.of(session, "show", "latest").out())
        .isEqualTo(
            """
            set       20251006_020000
            location  /backups/20251006_020000
            state     COMPLETE
            size      1.5 MiB
            host      umig
            begun     2025-10-06T02:00:00Z
            ended     2025-10-06T02:00:04.500Z
            holdfast  0.1.0, format 1.0
            tag       nightly
            targets   local
                      nas: missed it: no space left

            ARTIFACT                     SOURCE   STORED  RATIO  ENTRIES   TIME  FINGERPRINT    FILE
            database main/umig_app_db   8.0 MiB  1.5 MiB   19 %      112  1.3 s  sample, 0.4 s  databases/umig_app_db.dump
            volume confluence_data     10.0 KiB  2.0 KiB   20 %        7  3.0 s  -              volumes/confluence_data.tar.gz
            warning: volume confluence_data: a/b changed while it was read
            """);
  }

  @Test
  void a_pin_and_the_last_verification_are_shown_with_the_set() {
    session.shown =
        new ShownSet("20251004_020000", "/b", State.HANDMADE, Optional.empty(), List.of(), 1)
            .with(
                Optional.of(PIN),
                Optional.of(
                    new Verdict(
                        TAKEN, false, true, false, 2048, List.of("a", "b"), List.of("a: gone"))));

    assertThat(Run.of(session, "show", "latest").out())
        .isEqualTo(
            """
            set       20251004_020000
            location  /b
            state     HANDMADE
                      made by hand, no manifest
            size      1 B
            pinned    since 2025-10-06T02:00:00Z by umig: before 9.2
            verified  DAMAGED  at 2025-10-06T02:00:00Z, a sample of 2 files, deep, 2.0 KiB read
                      a: gone
            """);
    assertThat(Run.of(session, "show", "latest", "--json").out())
        .contains(
            """
              "pin" : {
                "reason" : "before 9.2",
                "since" : "2025-10-06T02:00:00Z",
                "by" : "umig"
              },
              "verified" : {
                "at" : "2025-10-06T02:00:00Z",
                "whole" : false,
                "deep" : true,
                "everything" : false,
                "bytes" : 2048,
                "files" : [
                  "a",
                  "b"
                ],
                "problems" : [
                  "a: gone"
                ]
              },
            """);
  }

  @Test
  void list_remarks_on_pins_and_where_they_are_missing() {
    ListedSet local = set("20251004_020000", State.HANDMADE, Optional.empty(), 1);
    ListedSet older = set("20251003_020000", State.HANDMADE, Optional.empty(), 1);
    session.listing =
        new Listing(
            List.of("local", "nas"),
            List.of(local, older, on("nas", older)),
            List.of(),
            Map.of("local", Map.of(local.id(), PIN, older.id(), PIN), "nas", Map.of()));

    assertThat(Run.of(session, "list").out())
        .contains("made by hand, no manifest; pinned: before 9.2\n")
        .contains("made by hand, no manifest; pinned on local: before 9.2\n");
    assertThat(Run.of(session, "list", "--json").out())
        .contains("\"reason\" : \"before 9.2\"", "\"pin\" : null");
  }

  @Test
  void pin_tells_of_each_target() {
    session.pins =
        new PinBackup.Result(
            Samples.id("20251006_020000"),
            List.of(
                new PinnedCopy("local", PinBackup.Outcome.PINNED, Optional.of(PIN)),
                new PinnedCopy("nas", PinBackup.Outcome.ALREADY_PINNED, Optional.of(PIN)),
                new PinnedCopy("usb", PinBackup.Outcome.UNPINNED, Optional.empty()),
                new PinnedCopy("old", PinBackup.Outcome.NOT_PINNED, Optional.empty())),
            List.of(new StorageFailure(FailureKind.STORAGE_UNREACHABLE, "cloud is gone", "")));

    Run run = Run.of(session, "pin", "latest");

    assertThat(run.exitCode()).isEqualTo(12);
    assertThat(run.out())
        .isEqualTo(
            """
            pinned on local: 20251006_020000 (before 9.2)
            pinned already on nas: 20251006_020000 (before 9.2)
            unpinned on usb: 20251006_020000
            not pinned on old: 20251006_020000
            """);
    assertThat(run.err()).contains("cloud is gone");
    assertThat(Run.of(session, "unpin", "latest", "--json").out())
        .contains(
            "\"command\" : \"unpin\"",
            "\"outcome\" : \"ALREADY_PINNED\"",
            "\"pin\" : null",
            "\"exitCode\" : 12");
  }

  @Test
  void a_sample_tells_how_much_was_read_and_when_all_will_have_been() {
    session.verified = List.of(new VerifiedSet("a", "/b", 1, 2048, List.of(), List.of("x")));
    session.samples = List.of(new VerifyBackup.Sample("local", 1, 2048, 40, 20480));

    assertThat(Run.of(session, "verify", "--sample", "10%").out())
        .isEqualTo(
            """
            WHOLE    a  1 file, 2.0 KiB read  (/b)
            sample of 10% on local: 1 of 40 files, 2.0 KiB of 20.0 KiB; all of it is read every 10 runs
            """);
    assertThat(Run.of(session, "verify", "--sample", "10%", "--json").out())
        .contains(
            """
              "sample" : {
                "percent" : 10.0,
                "runs" : 10,
                "targets" : [
                  {
                    "target" : "local",
                    "files" : 1,
                    "bytes" : 2048,
                    "ofFiles" : 40,
                    "ofBytes" : 20480
                  }
                ]
              },
            """);
    assertThat(Run.of(session, "verify", "--json").out()).contains("\"sample\" : null");
  }

  @Test
  void a_backup_tells_what_is_where() {
    session.backup =
        new CreateBackup.Result(
            PART,
            List.of(
                new CreateBackup.TargetOutcome(
                    "local", "/b/20251006_020000", true, Optional.empty(), ""),
                new CreateBackup.TargetOutcome(
                    "nas", "sftp://nas/b", true, Optional.of("no space left"), "make some"),
                new CreateBackup.TargetOutcome("usb", "/usb", false, Optional.of("unplugged"), "")),
            2,
            List.of("volume pg was skipped"));
    Run run = Run.of(session, "backup");
    assertThat(run.out())
        .isEqualTo(
            """
            PARTIAL  20251006_020000  in 4.5 s

            ARTIFACT                    SOURCE   STORED  RATIO  ENTRIES   TIME  FINGERPRINT    FILE
            database main/umig_app_db  8.0 MiB  1.5 MiB   19 %      112  1.3 s  sample, 0.4 s  databases/umig_app_db.dump
            database main/old                -        -      -        -      -  -              FAILED: it refuses connections

            stored on local: /b/20251006_020000
            NOT STORED on nas: no space left
              hint: make some
            NOT STORED on usb (not required): unplugged
            1 of 3 targets holds the set; the quorum is 2; `holdfast copy --missing` repairs it
            no set was pruned: the set is PARTIAL
            """);
    assertThat(run.err()).isEqualTo("warning: volume pg was skipped\n");
  }

  @Test
  void a_backup_in_json_keeps_its_shape() {
    session.backup =
        new CreateBackup.Result(
            Samples.manifest(Samples.VOLUME, Samples.FAILED),
            List.of(new CreateBackup.TargetOutcome("local", "/b", true, Optional.empty(), "")),
            1,
            List.of());
    assertThat(Run.of(session, "backup", "--json").out())
        .isEqualTo(
            """
            {
              "command" : "backup",
              "manifest" : {
                "formatVersion" : "1.0",
                "id" : "20251006_020000",
                "host" : "umig",
                "toolVersion" : "0.1.0",
                "started" : "2025-10-06T02:00:00Z",
                "finished" : "2025-10-06T02:00:04.500Z",
                "status" : "PARTIAL",
                "tag" : "nightly",
                "note" : null,
                "cut" : null,
                "artifacts" : [
                  {
                    "kind" : "VOLUME",
                    "cluster" : null,
                    "name" : "confluence_data",
                    "status" : "STORED",
                    "path" : "volumes/confluence_data.tar.gz",
                    "storedBytes" : 2048,
                    "sourceBytes" : 10240,
                    "entries" : 7,
                    "sha256" : "%s",
                    "encoding" : "gzip",
                    "seconds" : 3.0,
                    "fingerprint" : null,
                    "origin" : {
                      "type" : "VOLUME",
                      "driver" : "local",
                      "labels" : {
                        "app" : "umig"
                      },
                      "options" : { }
                    },
                    "warnings" : [
                      "a/b changed while it was read"
                    ]
                  },
                  {
                    "kind" : "DATABASE",
                    "cluster" : "main",
                    "name" : "old",
                    "status" : "FAILED",
                    "reason" : "it refuses connections"
                  }
                ],
                "targets" : [
                  {
                    "target" : "local",
                    "stored" : true,
                    "reason" : null
                  },
                  {
                    "target" : "nas",
                    "stored" : false,
                    "reason" : "no space left"
                  }
                ]
              },
              "targets" : [
                {
                  "target" : "local",
                  "location" : "/b",
                  "required" : true,
                  "stored" : true,
                  "failure" : null,
                  "hint" : ""
                }
              ],
              "quorum" : 1,
              "kept" : "EVERYWHERE",
              "pinned" : null,
              "suspects" : [ ],
              "vanished" : [ ],
              "doubts" : [ ],
              "prune" : {
                "skipped" : "the set is PARTIAL",
                "targets" : [ ]
              },
              "run" : "20251006_020000-backup-4711",
              "warnings" : [ ],
              "exitCode" : 3
            }
            """
                .formatted("b".repeat(64)));
  }

  @Test
  void a_backup_that_looks_wrong_beside_earlier_ones_says_so() {
    session.backup =
        new CreateBackup.Result(
            WHOLE,
            List.of(new CreateBackup.TargetOutcome("local", "/b", true, Optional.empty(), "")),
            1,
            List.of(),
            Samples.DOUBTS);
    Run run = Run.of(session, "backup");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .startsWith("COMPLETE  20251006_020000")
        .endsWith(
            """
            stored on local: /b
            SUSPECT  volume confluence_data has 10.0 KiB, and usually 3.0 MiB (the median of 7 sets): see whether something was lost
            VANISHED  database main/old is not there any more; the last set with it is 20251005_020000. Exclude it by name if that is meant
            no set was pruned: the set looks wrong beside earlier ones; see to that, then `holdfast prune`
            """);
    assertThat(Run.of(session, "backup", "--json").out())
        .endsWith(
            """
              "suspects" : [
                {
                  "kind" : "VOLUME",
                  "cluster" : null,
                  "name" : "confluence_data",
                  "storedBytes" : 2048,
                  "sourceBytes" : 10240,
                  "comparedBytes" : 10240,
                  "usualBytes" : 3145728,
                  "sets" : 7
                }
              ],
              "vanished" : [
                {
                  "kind" : "DATABASE",
                  "cluster" : "main",
                  "name" : "old",
                  "lastIn" : "20251005_020000"
                }
              ],
              "doubts" : [ ],
              "prune" : {
                "skipped" : "the set looks wrong beside earlier ones; see to that, then `holdfast prune`",
                "targets" : [ ]
              },
              "run" : "20251006_020000-backup-4711",
              "warnings" : [ ],
              "exitCode" : 3
            }
            """);
  }

  @Test
  void quiet_says_nothing_of_what_went_well_and_all_of_what_did_not() {
    CreateBackup.TargetOutcome stored =
        new CreateBackup.TargetOutcome("local", "/b", true, Optional.empty(), "");
    session.backup = new CreateBackup.Result(WHOLE, List.of(stored), 1, List.of("a warning"));
    Run good = Run.of(session, "backup", "--quiet");
    assertThat(good.out() + good.err()).isEmpty();
    session.backup = new CreateBackup.Result(PART, List.of(stored), 1, List.of());
    assertThat(Run.of(session, "backup", "--quiet").out()).contains("it refuses connections");
    assertThat(Run.of(session, "list", "--quiet").out()).isNotEmpty();
  }

  @Test
  void verify_names_each_file_that_is_wrong() {
    session.verified =
        List.of(
            new VerifiedSet("20251006_020000", "/b/1", 3, 2048, List.of()),
            new VerifiedSet(
                "20251005_020000",
                "/b/2",
                1,
                1,
                List.of(new FileProblem("volumes/a\nb.tar", "the checksum differs"))));
    assertThat(Run.of(session, "verify", "all").out())
        .isEqualTo(
            """
            WHOLE    20251006_020000  3 files, 2.0 KiB read  (/b/1)
            DAMAGED  20251005_020000  1 file, 1 B read  (/b/2)
              volumes/a\\nb.tar: the checksum differs
            """);
    assertThat(Run.of(session, "verify", "all", "--json").out())
        .contains(
            """
                  "problems" : [
                    {
                      "path" : "volumes/a\\nb.tar",
                      "problem" : "the checksum differs"
                    }
                  ]
            """);
  }

  @Test
  void a_copy_tells_each_set_and_its_way() {
    session.repair =
        new CopyBackup.Repair(
            List.of(
                Samples.copied(CopyBackup.Outcome.COPIED),
                Samples.copied(CopyBackup.Outcome.FAILED)),
            List.of());
    assertThat(Run.of(session, "copy", "--missing").out())
        .isEqualTo(
            """
            copied      20251006_020000  a -> b  5 files, 2.0 KiB, 2 files there already
            NOT COPIED  20251006_020000  a -> b  x.dump is damaged
              hint: take another
            """);
    assertThat(Run.of(session, "copy", "--missing", "--json").out())
        .contains(
            """
                {
                  "id" : "20251006_020000",
                  "from" : "a",
                  "to" : "b",
                  "outcome" : "FAILED",
                  "files" : 5,
                  "bytes" : 2048,
                  "keptFiles" : 2,
                  "warnings" : [
                    "a warning"
                  ],
                  "failure" : {
                    "kind" : "INTEGRITY",
                    "message" : "x.dump is damaged",
                    "hint" : "take another"
                  }
                }
              ],
              "unread" : [ ],
              "run" : "20251006_020000-copy-4711",
              "warnings" : [
                "a warning"
              ],
              "exitCode" : 13
            """);
    session.repair = new CopyBackup.Repair(List.of(), List.of());
    assertThat(Run.of(session, "copy", "--missing").out()).startsWith("nothing is missing");
  }

  @Test
  void a_plan_tells_steps_and_obstacles() {
    session.restored =
        new RestoreBackup.Result(
            "20251006_020000",
            "/b",
            List.of(
                new RestoredItem(
                    ArtifactId.database("main", "app"),
                    "app2",
                    List.of("create database app2"),
                    List.of(),
                    List.of("role x has no password"),
                    Optional.empty()),
                new RestoredItem(
                    ArtifactId.volume("data"),
                    "data",
                    List.of(),
                    List.of(new Obstacle("volume data exists", "--force replaces it")),
                    List.of(),
                    Optional.empty())),
            false);
    assertThat(Run.of(session, "restore", "all", "latest", "--dry-run").out())
        .isEqualTo(
            """
            plan for a restore from 20251006_020000 (/b)
            READY     database main/app as app2
              create database app2
              warning: role x has no password
            REFUSED   volume data
              in the way: volume data exists
              hint: --force replaces it
            nothing was changed; as it is the restore would be refused
            """);
  }

  @Test
  void check_shows_every_finding_and_the_verdict() {
    session.config =
        new HoldfastConfig(
            Optional.of(Path.of("/etc/holdfast/holdfast.yaml")),
            "umig",
            List.of(),
            Optional.empty(),
            List.of(),
            1,
            1,
            Lifecycle.usual(ZoneOffset.UTC),
            List.of("objectives are not acted upon"));
    session.checked =
        List.of(
            new CheckedPart(
                Part.SOURCES,
                List.of(
                    new Finding("cluster main", Level.OK, "PostgreSQL 15.12", ""),
                    new Finding("podman", Level.FAILED, "not there", "install it"))));
    assertThat(Run.of(session, "check").out())
        .isEqualTo(
            """
            LEVEL    WHAT           FOUND
            ok       configuration  /etc/holdfast/holdfast.yaml
            warning  configuration  objectives are not acted upon
            ok       cluster main   PostgreSQL 15.12
            FAILED   podman         not there -> install it

            not ready; see what FAILED above
            """);
    assertThat(Run.of(session, "check", "--json").out())
        .contains("\"file\" : \"/etc/holdfast/holdfast.yaml\"", "\"ready\" : false");
  }

  @Test
  void check_tells_of_notifiers_and_sends_a_test_when_it_is_asked_to() {
    session.notifiers =
        List.of(
            new Finding("notifier chat", Level.OK, "took a test message", ""),
            new Finding("notifier mail", Level.FAILED, "it refuses connections", "correct it"));

    Run run = Run.of(session, "check", "--notify");

    assertThat(session.asked).contains(true);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains("ok      notifier chat  took a test message\n")
        .contains("FAILED  notifier mail  it refuses connections -> correct it\n")
        .endsWith("ready for a backup; what FAILED above is done without\n");
    assertThat(Run.of(session, "check", "--json").out())
        .contains("\"part\" : \"NOTIFICATIONS\"", "\"ready\" : true");
    assertThat(session.asked).endsWith(false);
  }

  @Test
  void colours_are_for_terminals_that_want_them() {
    session.verified = List.of(new VerifiedSet("a", "/b", 1, 1, List.of()));
    Console.Terminal terminal = new Console.Terminal(true, false, 80, true);
    Path root = Path.of("/");
    assertThat(Run.in(root, session, terminal, "verify").out()).contains("\u001b[32mWHOLE");
    assertThat(Run.in(root, session, terminal, "verify", "--no-color").out())
        .doesNotContain("\u001b");
    assertThat(Run.of(session, "verify").out()).doesNotContain("\u001b");
  }

  private static ListedSet on(String target, ListedSet set) {
    return new ListedSet(
        target,
        set.id(),
        set.state(),
        set.manifest(),
        set.storedBytes(),
        set.foreignHost(),
        set.problem());
  }

  private static ListedSet set(String id, State state, Optional<Manifest> manifest, long bytes) {
    return new ListedSet(
        "local", Samples.id(id), state, manifest, bytes, Optional.empty(), Optional.empty());
  }
}
