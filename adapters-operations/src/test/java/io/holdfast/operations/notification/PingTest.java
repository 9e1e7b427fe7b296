package io.holdfast.operations.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.history.Run;
import io.holdfast.domain.history.RunKind;
import io.holdfast.operations.notification.WebReceiver.Received;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PingTest {

  private static final Patience QUICK =
      new Patience(3, Duration.ofMillis(1), Duration.ofSeconds(20));

  private WebReceiver watchdog;

  @BeforeEach
  void start() throws IOException {
    watchdog = WebReceiver.plain();
  }

  @AfterEach
  void stop() {
    watchdog.close();
  }

  @Test
  void a_run_is_told_from_its_start_to_its_end_under_one_name() {
    Notifications pings = pings("/6e1b0c58");

    assertThat(pings.started(Runs.begun())).isEmpty();
    assertThat(pings.ended(Runs.succeeded(), Optional.empty())).isEmpty();

    UUID run = News.idOf("umig-dev", Runs.begun());
    assertThat(paths()).containsExactly("/6e1b0c58/start?rid=" + run, "/6e1b0c58?rid=" + run);
    assertThat(watchdog.received.get(1).body()).startsWith("umig-dev: backup succeeded (exit 0)");
  }

  @Test
  void what_is_not_whole_is_a_failure_and_what_was_ended_is_none() {
    for (Run run : List.of(Runs.failed(), Runs.partial(), Runs.interrupted())) {
      assertThat(pings("/x/").ended(run, Optional.empty())).isEmpty();
    }

    assertThat(paths())
        .satisfiesExactly(
            path -> assertThat(path).startsWith("/x/fail?rid="),
            path -> assertThat(path).startsWith("/x/fail?rid="),
            path -> assertThat(path).startsWith("/x/log?rid="));
    assertThat(watchdog.received.get(0).body())
        .contains("backup FAILED (exit 12)", "the target nas is not there", "switch the nas on");
  }

  @Test
  void only_the_runs_that_are_watched_are_told() {
    assertThat(pings("/x").started(Runs.begun(RunKind.VERIFY))).isEmpty();
    assertThat(pings("/x").objectives(List.of("missed"))).isEmpty();

    assertThat(watchdog.received).isEmpty();
  }

  @Test
  void parameters_of_the_address_are_kept() {
    pings("/key/slug?create=1").started(Runs.begun());

    assertThat(paths()).singleElement().asString().startsWith("/key/slug/start?create=1&rid=");
  }

  @Test
  void a_trial_changes_no_state() {
    pings("/x").trial().probe(new Cancellation());

    assertThat(paths()).singleElement().asString().startsWith("/x/log?");
  }

  @Test
  void a_watchdog_that_is_away_is_named() {
    watchdog.answering(500, 500, 500);

    assertThat(pings("/T0KEN").started(Runs.begun()))
        .containsExactly(
            "notifier watch: http://127.0.0.1 did not take the message: it answered 500"
                + " (tried 3 times)");
  }

  private List<String> paths() {
    return watchdog.received.stream().map(Received::path).toList();
  }

  private Notifications pings(String path) {
    Notifier watch =
        new Notifier(
            "watch",
            new Channel.Ping(Runs.secret(watchdog.url(path)), Optional.empty()),
            Set.of(),
            EnumSet.of(RunKind.BACKUP));
    Clock clock = Clock.fixed(Runs.STARTED, ZoneOffset.UTC);
    return new Notifications(List.of(watch), "umig-dev", clock, (name, ok) -> {}, QUICK, QUICK);
  }
}
