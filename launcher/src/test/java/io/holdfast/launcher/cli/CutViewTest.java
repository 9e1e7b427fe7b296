package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.domain.backup.Cut;
import io.holdfast.domain.backup.Cut.ClusterCut;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.trend.SetComparison;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The moment of which a set is, in the report of its backup. */
class CutViewTest {

  private static final Instant AT = Instant.parse("2025-10-06T02:00:01Z");
  private static final Cut CUT =
      new Cut(
          AT,
          List.of(
              new ClusterCut("main", AT, "0/16B3748"),
              new ClusterCut("other", AT.minusMillis(7), "0/1").and(AT, "0/2")),
          List.of("cron", "web"),
          Duration.ofMillis(812),
          Duration.ZERO,
          List.of("A remark."));

  private final FakeSession session = new FakeSession();

  private void backup(String... doubts) {
    Manifest plain = Samples.manifest(Samples.DATABASE, Samples.VOLUME);
    Manifest manifest =
        new Manifest(
            plain.formatVersion(),
            plain.id(),
            plain.host(),
            plain.toolVersion(),
            plain.started(),
            plain.finished(),
            plain.status(),
            plain.tag(),
            plain.note(),
            plain.artifacts(),
            plain.targets(),
            plain.scope(),
            Optional.of(CUT));
    session.backup =
        new CreateBackup.Result(
            manifest,
            List.of(new CreateBackup.TargetOutcome("local", "/b", true, Optional.empty(), "")),
            1,
            List.of(),
            SetComparison.NONE,
            List.of(doubts));
  }

  @Test
  void the_report_says_who_was_held_for_how_long() {
    backup();
    Run run = Run.of(session, "backup");

    assertThat(run.out()).contains("Held cron, web for 0.8 s\n").doesNotContain("SUSPECT");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void the_document_has_the_whole_cut() {
    backup();

    assertThat(Run.of(session, "backup", "--json").out())
        .contains(
            """
                "cut" : {
                  "at" : "2025-10-06T02:00:01Z",
                  "clusters" : [
                    {
                      "cluster" : "main",
                      "firstAt" : null,
                      "firstLsn" : null,
                      "at" : "2025-10-06T02:00:01Z",
                      "lsn" : "0/16B3748"
                    },
                    {
                      "cluster" : "other",
                      "firstAt" : "2025-10-06T02:00:00.993Z",
                      "firstLsn" : "0/1",
                      "at" : "2025-10-06T02:00:01Z",
                      "lsn" : "0/2"
                    }
                  ],
                  "held" : [
                    "cron",
                    "web"
                  ],
                  "holdSeconds" : 0.812,
                  "skewSeconds" : 0.0,
                  "remarks" : [
                    "A remark."
                  ]
                },
            """);
  }

  @Test
  void a_doubt_makes_the_set_suspect_and_nothing_is_pruned_for_it() {
    backup("The hold of web ended after 600 s.");
    Run run = Run.of(session, "backup");

    assertThat(run.exitCode()).isEqualTo(ExitCode.PARTIAL);
    assertThat(run.out())
        .contains("COMPLETE", "SUSPECT  The hold of web ended after 600 s.")
        .contains("no set was pruned: the set is suspect");
    assertThat(Run.of(session, "backup", "--json").out())
        .contains("\"doubts\" : [\n    \"The hold of web ended after 600 s.\"\n  ],");
  }
}
