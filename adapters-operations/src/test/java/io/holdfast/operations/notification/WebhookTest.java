package io.holdfast.operations.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.HealthProbe.Finding;
import io.holdfast.application.port.out.source.HealthProbe.Level;
import io.holdfast.domain.history.RunKind;
import io.holdfast.operations.notification.WebReceiver.Received;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

  private static final Instant NOW = Instant.parse("2026-11-22T02:01:31Z");
  private static final Patience QUICK =
      new Patience(3, Duration.ofMillis(1), Duration.ofSeconds(20));

  @TempDir Path folder;
  private final Map<String, Boolean> tally = new HashMap<>();
  private WebReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = WebReceiver.plain();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void a_failure_is_posted_as_json_with_a_text_for_chats() {
    assertThat(notifications(chat()).ended(Runs.failed(), Optional.empty())).isEmpty();

    Received posted = only();
    assertThat(posted.method()).isEqualTo("POST");
    assertThat(posted.path()).isEqualTo("/hook/T0KEN");
    assertThat(posted.header("Content-Type")).startsWith("application/json");
    assertThat(posted.body())
        .startsWith(
            "{\"text\":\"umig-dev: backup FAILED (exit 12)\\nthe target nas is not there\\n")
        .contains("\"event\":\"failure\"", "\"host\":\"umig-dev\"", "\"command\":\"backup\"")
        .contains("\"run\":\"20261122_020000-backup-4711\"", "\"exitCode\":12")
        .contains("\"started\":\"2026-11-22T02:00:00Z\"", "\"finished\":\"2026-11-22T02:01:30Z\"")
        .contains("\"outcome\":\"failed\"", "\"failure\":\"the target nas is not there\"")
        .contains("\"hint\":\"switch the nas on\"", "\"sets\":[\"20261122_020000\"]")
        .contains("{\"name\":\"nas\",\"failure\":\"no route to host\"}")
        .contains("\"storedBytes\":2048", "\"warnings\":[\"a clock is wrong\"]");
    assertThat(tally).containsEntry("chat", true);
  }

  @Test
  void the_signature_covers_the_body_and_the_time_of_sending() throws Exception {
    notifications(chat()).ended(Runs.failed(), Optional.empty());

    Received posted = only();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("schlüssel".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signed = NOW.getEpochSecond() + "." + posted.body();
    String expected =
        HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    assertThat(posted.header("X-Holdfast-Timestamp")).isEqualTo("" + NOW.getEpochSecond());
    assertThat(posted.header("X-Holdfast-Signature")).isEqualTo("sha256=" + expected);
  }

  @Test
  void what_is_told_is_what_was_asked_for() {
    Notifications some =
        notifications(
            new Notifier(
                "chat",
                channel(receiver.url("/")),
                EnumSet.of(Occasion.PARTIAL, Occasion.RECOVERY),
                EnumSet.of(RunKind.BACKUP)));

    some.ended(Runs.failed(), Optional.empty());
    some.ended(Runs.interrupted(), Optional.empty());
    some.ended(Runs.succeeded(), Optional.empty());
    some.ended(Runs.succeeded(), Optional.of(Runs.succeeded()));
    some.objectives(List.of("the newest set is 26 h old, the rpo is 24 h"));
    some.started(Runs.begun());
    assertThat(receiver.received).isEmpty();
    some.ended(Runs.partial(), Optional.of(Runs.partial()));
    some.ended(Runs.succeeded(), Optional.of(Runs.partial()));
    assertThat(receiver.received).extracting(Received::body).hasSize(2);
    assertThat(receiver.received.get(0).body()).contains("\"event\":\"partial\"");
    assertThat(receiver.received.get(1).body())
        .contains("\"event\":\"recovery\"", "backup works again");
  }

  @Test
  void a_run_that_nobody_asked_for_is_not_told() {
    Notifications backups =
        notifications(
            new Notifier(
                "chat",
                channel(receiver.url("/")),
                EnumSet.allOf(Occasion.class),
                EnumSet.of(RunKind.VERIFY)));

    backups.ended(Runs.failed(), Optional.empty());

    assertThat(receiver.received).isEmpty();
  }

  @Test
  void objectives_are_told_when_they_are_missed_and_when_they_are_met_again() {
    Notifications all = notifications(chat());

    all.objectives(List.of("the newest set is 26 h old, the rpo is 24 h"));
    all.objectives(List.of());

    assertThat(receiver.received.get(0).body())
        .contains("an objective is MISSED", "\"objectivesMissed\":[\"the newest set is 26 h");
    assertThat(receiver.received.get(1).body()).contains("all objectives are met again");
  }

  @Test
  void what_fails_for_the_moment_is_tried_again_with_the_same_id() {
    receiver.answering(503, 429);

    assertThat(notifications(chat()).ended(Runs.failed(), Optional.empty())).isEmpty();

    assertThat(receiver.received).hasSize(3);
    assertThat(receiver.received.stream().map(Received::body).distinct()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"400,1", "404,1", "302,1", "307,1", "500,3"})
  void a_receiver_that_refuses_is_named_without_its_address(int status, int tries) {
    receiver.answering(status, status, status);

    List<String> troubles = notifications(chat()).ended(Runs.failed(), Optional.empty());

    assertThat(receiver.received).hasSize(tries).allMatch(r -> r.path().equals("/hook/T0KEN"));
    assertThat(troubles).singleElement().asString().startsWith("notifier chat: http://127.0.0.1 ");
    assertThat(troubles).singleElement().asString().contains("" + status).doesNotContain("T0KEN");
    assertThat(tally).containsEntry("chat", false);
  }

  @Test
  void a_receiver_that_is_down_is_named_and_hinders_no_other() throws IOException {
    Notifier dead = chat("dead", "http://127.0.0.1:" + unusedPort() + "/T0KEN");

    List<String> troubles = notifications(dead, chat()).ended(Runs.failed(), Optional.empty());

    assertThat(troubles)
        .containsExactly(
            "notifier dead: http://127.0.0.1 did not take the message: it refuses connections"
                + " (tried 3 times)");
    assertThat(receiver.received).hasSize(1);
  }

  @Test
  void a_receiver_that_never_answers_is_given_up() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      Patience little = new Patience(3, Duration.ofMillis(1), Duration.ofMillis(300));
      Notifier mute = chat("mute", "http://127.0.0.1:" + silent.getLocalPort() + "/T0KEN");

      List<String> troubles =
          new Notifications(List.of(mute), "umig-dev", clock(), tally::put, little, little)
              .ended(Runs.failed(), Optional.empty());

      assertThat(troubles).singleElement().asString().startsWith("notifier mute: ");
      assertThat(troubles).singleElement().asString().contains("answer").doesNotContain("T0KEN");
    }
  }

  @Test
  void a_certificate_is_checked() throws Exception {
    Identity identity = Identity.make(folder, "ip:127.0.0.1");
    try (WebReceiver encrypted = WebReceiver.encrypted(identity)) {
      String url = encrypted.url("/hook");
      Notifier believing = chat("believing", url, Optional.of(identity.certificate()));
      Notifier strict = chat("strict", url);

      List<String> troubles =
          notifications(believing, strict).ended(Runs.failed(), Optional.empty());

      assertThat(encrypted.received).hasSize(1);
      assertThat(troubles).singleElement().asString().startsWith("notifier strict: https://127");
      assertThat(troubles).singleElement().asString().contains("no trusted encryption");
      assertThat(troubles).singleElement().asString().doesNotContain("tried");
    }
  }

  @Test
  void a_file_without_certificates_is_named() {
    Notifier lost = chat("lost", receiver.url("/"), Optional.of(folder.resolve("none.pem")));

    assertThat(notifications(lost).ended(Runs.failed(), Optional.empty()))
        .singleElement()
        .asString()
        .contains("none.pem", "there is no such file");
  }

  @Test
  void a_secret_that_is_not_to_be_had_is_the_notifiers_trouble() {
    Notifier blind =
        new Notifier(
            "blind",
            new Channel.Webhook(
                () -> {
                  throw new ConfigurationFailure("HOOK_URL is not set", "set it");
                },
                Optional.empty(),
                Optional.empty()),
            EnumSet.allOf(Occasion.class),
            EnumSet.allOf(RunKind.class));

    assertThat(notifications(blind, chat()).ended(Runs.failed(), Optional.empty()))
        .containsExactly("notifier blind: HOOK_URL is not set; set it");
    assertThat(receiver.received).hasSize(1);
    assertThat(notifications(blind).look().probe(new Cancellation()))
        .containsExactly(
            new Finding("notifier blind", Level.FAILED, "HOOK_URL is not set", "set it"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://x/T0KEN", "T0KEN", "https://a:T0KEN@x/", "https://x/ T0KEN"})
  void a_url_that_is_none_is_never_shown(String url) {
    Notifications wrong = notifications(chat("wrong", url));

    assertThat(wrong.ended(Runs.failed(), Optional.empty()))
        .containsExactly("notifier wrong: its url is not " + Channel.EXPECTED_URL);
    assertThat(wrong.look().probe(new Cancellation()))
        .singleElement()
        .matches(finding -> finding.level() == Level.FAILED)
        .matches(finding -> !finding.toString().contains("T0KEN"));
  }

  @Test
  void a_look_sends_nothing_and_a_trial_sends_a_test() {
    assertThat(notifications(chat()).look().probe(new Cancellation()))
        .singleElement()
        .matches(finding -> finding.level() == Level.OK)
        .matches(finding -> finding.detail().startsWith("webhook at http://127.0.0.1;"));
    assertThat(receiver.received).isEmpty();

    assertThat(notifications(chat()).trial().probe(new Cancellation()))
        .containsExactly(new Finding("notifier chat", Level.OK, "took a test message", ""));
    assertThat(only().body()).contains("\"event\":\"test\"");

    receiver.answering(403);
    assertThat(notifications(chat()).trial().probe(new Cancellation()))
        .singleElement()
        .matches(finding -> finding.level() == Level.FAILED)
        .matches(finding -> finding.detail().endsWith("it answered 403"));
  }

  private Received only() {
    assertThat(receiver.received).hasSize(1);
    return receiver.received.get(0);
  }

  private Notifier chat() {
    return chat("chat", receiver.url("/hook/T0KEN"));
  }

  private static Notifier chat(String name, String url) {
    return chat(name, url, Optional.empty());
  }

  private static Notifier chat(String name, String url, Optional<Path> authorities) {
    Channel channel =
        new Channel.Webhook(Runs.secret(url), Optional.of(Runs.secret("schlüssel")), authorities);
    return new Notifier(
        name, channel, EnumSet.allOf(Occasion.class), Set.copyOf(EnumSet.allOf(RunKind.class)));
  }

  private static Channel channel(String url) {
    return new Channel.Webhook(Runs.secret(url), Optional.empty(), Optional.empty());
  }

  private Notifications notifications(Notifier... notifiers) {
    return new Notifications(List.of(notifiers), "umig-dev", clock(), tally::put, QUICK, QUICK);
  }

  private static Clock clock() {
    return Clock.fixed(NOW, ZoneOffset.UTC);
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
