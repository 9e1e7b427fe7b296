package io.holdfast.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.in.ReportRecovery.ArtifactSizes;
import io.holdfast.application.port.in.ReportRecovery.PastSet;
import io.holdfast.application.port.in.ReportRecovery.PastState;
import io.holdfast.application.port.in.ReportRecovery.Report;
import io.holdfast.application.port.in.ReportRecovery.Request;
import io.holdfast.application.port.in.ReportRecovery.TargetPast;
import io.holdfast.application.port.in.ReportStatus;
import io.holdfast.application.port.in.ReportStatus.Concern;
import io.holdfast.application.port.in.ReportStatus.Finding;
import io.holdfast.application.port.in.ReportStatus.HostStatus;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.recovery.DrillHistory;
import io.holdfast.domain.recovery.Objectives;
import io.holdfast.domain.recovery.RecoveryGaps;
import io.holdfast.domain.recovery.RecoveryTime;
import io.holdfast.domain.trend.RecoveryPoint.Reached;
import io.holdfast.domain.trend.SetComparison;
import io.holdfast.domain.trend.SetSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {

  private static final Instant NOW = Instant.parse("2025-10-06T07:02:00Z");
  private static final String EVIL = "<script>alert('&\"')</script>\u0000\u001b[31m\u202e";

  private static final List<PastState> STATES = List.of(PastState.values());

  @TempDir Path folder;
  private final FakeSession session = new FakeSession();

  /** What it knows of so many sets, a day apart. */
  private static Report report(int sets, Optional<String> unread, Finding... findings) {
    List<PastSet> past = new ArrayList<>();
    List<SetSize> sizes = new ArrayList<>();
    for (int day = 0; day < sets; day++) {
      SetId id = new SetId(NOW.minus(Duration.ofDays(day)));
      PastState state = STATES.get(day % STATES.size());
      sizes.add(0, new SetSize(id, 1000 + day));
      past.add(
          new PastSet(
              id,
              state,
              1000 + day,
              3,
              day % 2,
              Optional.of(Duration.ofSeconds(7)),
              Optional.of(EVIL),
              Optional.of(EVIL),
              day == 0));
    }
    RecoveryGaps gaps =
        RecoveryGaps.of(
            past.stream().map(set -> new Reached(set.id(), set.id().begun())).toList(),
            NOW,
            Duration.ofDays(90));
    HostStatus host =
        new HostStatus(
            EVIL,
            List.of(),
            Optional.empty(),
            past.stream().map(PastSet::id).findFirst(),
            SetComparison.NONE,
            List.of(),
            Optional.empty(),
            List.of(findings),
            DrillHistory.NONE,
            new RecoveryTime(List.of(), OptionalLong.empty(), Optional.empty()));
    return new Report(
        NOW.minus(Duration.ofDays(90)),
        new ReportStatus.Report(
            NOW,
            new Objectives(Optional.of(Duration.ofHours(20)), Optional.empty()),
            List.of(host),
            List.of("a remark")),
        Stream.of("local", "nas", EVIL)
            .map(name -> new TargetPast(name, past, gaps, Optional.<String>empty()))
            .map(t -> t.target().equals("nas") ? new TargetPast("nas", List.of(), gaps, unread) : t)
            .toList(),
        gaps,
        sets == 0 ? List.of() : List.of(new ArtifactSizes(EVIL, sizes)));
  }

  private String page() throws IOException {
    Path file = folder.resolve("r.html");
    Run.of(session, "report", "--html", file.toString());
    return Files.readString(file);
  }

  @Test
  void a_text_tells_what_is_at_risk_first() {
    session.past =
        report(
            9,
            Optional.empty(),
            new Finding(Concern.RTO_MISSED, "umig", Optional.empty(), "too slow"));
    Run run = Run.of(session, "report");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(
            "AT RISK  too slow\n", "by day, local: ", "?✓−…h✗½?✓\n", "restore: never measured")
        .containsPattern("(?m)^any +7 ")
        .doesNotContain("\u001b");
    assertThat(run.err()).isEqualTo("warning: a remark\n");
    assertThat(session.asked).containsExactly(new Request(Optional.empty(), 90));
  }

  @Test
  void a_target_that_cannot_be_read_is_told_by_the_exit_code() {
    session.past = report(2, Optional.of("no route"));
    assertThat(Run.of(session, "report", "--days", "7").exitCode()).isEqualTo(12);
    assertThat(Run.of(session, "report", "--json").out()).contains("\"failure\" : \"no route\"");
    assertThat(Run.of(session, "report", "--days", "0").exitCode()).isEqualTo(2);
    assertThat(Run.of(session, "report", "--days", "4000").exitCode()).isEqualTo(2);
  }

  @Test
  void a_page_holds_every_text_as_text() throws IOException {
    session.past =
        report(30, Optional.of(EVIL), new Finding(Concern.BEHIND, EVIL, Optional.empty(), EVIL));
    assertThat(page())
        .startsWith("<!DOCTYPE html>")
        .contains(
            "&lt;script&gt;alert(&#39;&amp;&quot;&#39;)&lt;/script&gt;\\x00\\x1b[31m\\u{202e}")
        .doesNotContain("<script", "\u0000", "\u001b", "\u202e", "http:", "https:");
  }

  @Test
  void a_page_of_a_host_without_any_set_is_a_page_too() throws IOException {
    session.past = report(0, Optional.empty());
    assertThat(page())
        .contains(
            "There is no set that brings all of the host back", "There are none in this time");
  }

  @Test
  void a_page_of_many_sets_is_small_enough_to_be_mailed() throws IOException {
    session.past = report(400, Optional.empty());
    assertThat(page().length()).isLessThan(500_000);
  }

  @Test
  void a_page_is_for_its_owner_and_takes_the_place_of_a_file_alone() throws IOException {
    session.past = report(2, Optional.empty());
    Path file = Files.writeString(folder.resolve("r.html"), "old");
    assertThat(page()).contains("</html>");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    for (String no : List.of(folder.toString(), link.toString(), folder + "/no/r.html")) {
      Run run = Run.of(session, "report", "--html", no);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains(no);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).hasSize(2);
    }
  }
}
