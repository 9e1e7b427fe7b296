package io.holdfast.operations.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.domain.history.RunKind;
import io.holdfast.operations.notification.MailServer.Encryption;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailTest {

  private static final Patience QUICK =
      new Patience(3, Duration.ofMillis(1), Duration.ofSeconds(20));

  @TempDir static Path folder;
  private static Identity identity;

  @BeforeAll
  static void makeCertificate() throws Exception {
    identity = Identity.make(folder, "ip:127.0.0.1");
  }

  @Test
  void a_failure_is_mailed_over_starttls_with_a_login() throws Exception {
    try (MailSink sink = MailSink.startingTls(identity)) {
      assertThat(send(mail(sink, Encryption.REQUIRED, MailSink.WORD, trusted()))).isEmpty();

      assertThat(sink.logins).containsExactly(MailSink.USER);
      assertThat(sink.letters).hasSize(1);
      MimeMessage message = sink.letters.get(0).message();
      assertThat(message.getSubject()).isEqualTo("[holdfast] umig-dev: backup FAILED (exit 12)");
      assertThat(message.getHeader("From")).containsExactly("Holdfast <holdfast@example.org>");
      assertThat(message.getHeader("To")).containsExactly("ops@example.org, boss@example.org");
      assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(message.getMessageID()).endsWith("@example.org>");
      assertThat(message.getContentType()).containsIgnoringCase("text/plain; charset=utf-8");
      assertThat((String) message.getContent())
          .contains("What:    the target nas is not there", "To do:   switch the nas on")
          .contains("FAILED volume sünde: tar ended with 2  Bcc: all@x")
          .contains("ok     database main/orders, 2.0 KiB", "FAILED nas: no route to host")
          .contains("Took:    1 min 30 s", "a clock is wrong", "Sets:    20261122_020000");
    }
  }

  @Test
  void no_name_becomes_a_header() throws Exception {
    try (MailSink sink = MailSink.plain()) {
      Notifications odd = notifications("umig\r\nBcc: all@example.org\r\n\r\nhä", open(sink));

      assertThat(odd.ended(Runs.failed(), Optional.empty())).isEmpty();

      MailSink.Letter letter = sink.letters.get(0);
      assertThat(letter.headerNames())
          .containsExactlyInAnyOrder(
              "From",
              "To",
              "Subject",
              "Date",
              "Message-ID",
              "MIME-Version",
              "Auto-Submitted",
              "Content-Type",
              "Content-Transfer-Encoding");
      assertThat(letter.message().getSubject())
          .isEqualTo("[holdfast] umig  Bcc: all@example.org    hä: backup FAILED (exit 12)");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nobody", "a@b, c@d", "a@b\r\nBcc: c@d", "list: a@b;", "<a@b", "a@b c@d"})
  void what_is_no_single_address_is_refused(String text) {
    assertThat(MailAddress.parse(text)).isEmpty();
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_refused_before_anything_is_told() {
    try (MailSink sink = MailSink.startingTls(identity)) {
      Channel.Mail doubted = mail(sink, Encryption.REQUIRED, MailSink.WORD, Optional.empty());

      assertThat(send(doubted))
          .singleElement()
          .asString()
          .startsWith("notifier mail: smtp://127.0.0.1:" + sink.port() + " did not take")
          .contains("no trusted encryption")
          .doesNotContain(MailSink.WORD, "tried");
      assertThat(sink.logins).isEmpty();
    }
  }

  @Test
  void a_certificate_for_another_host_is_refused() throws Exception {
    Identity other = Identity.make(folder, "dns:mail.example.org");
    try (MailSink sink = MailSink.startingTls(other)) {
      Channel.Mail mail =
          mail(sink, Encryption.REQUIRED, MailSink.WORD, Optional.of(other.certificate()));

      assertThat(send(mail)).singleElement().asString().contains("no trusted encryption");
      assertThat(sink.logins).isEmpty();
    }
  }

  @Test
  void a_server_without_starttls_gets_nothing_where_it_is_required() {
    try (MailSink sink = MailSink.plain()) {
      Channel.Mail mail = mail(sink, Encryption.REQUIRED, MailSink.WORD, trusted());

      assertThat(send(mail))
          .singleElement()
          .asString()
          .contains("STARTTLS")
          .doesNotContain("tried");
      assertThat(sink.letters).isEmpty();
      assertThat(sink.logins).isEmpty();
    }
  }

  @Test
  void a_server_may_go_without_starttls_where_it_is_used_when_offered() {
    try (MailSink sink = MailSink.plain()) {
      Channel.Mail mail =
          new Channel.Mail(
              new MailServer("127.0.0.1", sink.port(), Encryption.WHEN_OFFERED),
              Optional.empty(),
              from(),
              to(),
              trusted());

      assertThat(send(mail)).isEmpty();
      assertThat(sink.letters).hasSize(1);
    }
  }

  @Test
  void a_connection_can_be_encrypted_from_its_first_byte() {
    try (MailSink sink = MailSink.encrypted(identity)) {
      assertThat(send(mail(sink, Encryption.IMPLICIT, MailSink.WORD, trusted()))).isEmpty();
      assertThat(sink.letters).hasSize(1);
      assertThat(send(mail(sink, Encryption.IMPLICIT, MailSink.WORD, Optional.empty())))
          .singleElement()
          .asString()
          .startsWith("notifier mail: smtps://127.0.0.1")
          .contains("no trusted encryption");
    }
  }

  @Test
  void a_wrong_password_is_told_once_and_not_shown() {
    try (MailSink sink = MailSink.startingTls(identity)) {
      assertThat(send(mail(sink, Encryption.REQUIRED, "wr0ng", trusted())))
          .singleElement()
          .asString()
          .endsWith("it refuses the user or the password")
          .doesNotContain("wr0ng");
      assertThat(sink.logins).hasSize(1);
    }
  }

  @Test
  void a_server_that_refuses_for_the_moment_is_tried_again() {
    try (MailSink sink = MailSink.plain().refusing(1)) {
      assertThat(send(open(sink))).isEmpty();
      assertThat(sink.letters).isNotEmpty();
    }
  }

  @Test
  void a_server_that_is_down_is_named() {
    int port;
    try (MailSink sink = MailSink.plain()) {
      port = sink.port();
    }
    MailServer down = new MailServer("127.0.0.1", port, Encryption.NEVER);

    assertThat(send(new Channel.Mail(down, Optional.empty(), from(), to(), Optional.empty())))
        .containsExactly(
            "notifier mail: smtp://127.0.0.1:"
                + port
                + " did not take the message: it refuses connections (tried 3 times)");
  }

  private static List<String> send(Channel.Mail mail) {
    return notifications("umig-dev", mail).ended(Runs.failed(), Optional.empty());
  }

  private static Channel.Mail open(MailSink sink) {
    MailServer server = new MailServer("127.0.0.1", sink.port(), Encryption.NEVER);
    return new Channel.Mail(server, Optional.empty(), from(), to(), Optional.empty());
  }

  private static Channel.Mail mail(
      MailSink sink, Encryption encryption, String word, Optional<Path> authorities) {
    return new Channel.Mail(
        new MailServer("127.0.0.1", sink.port(), encryption),
        Optional.of(new Channel.Login(MailSink.USER, Runs.secret(word))),
        from(),
        to(),
        authorities);
  }

  private static Optional<Path> trusted() {
    return Optional.of(identity.certificate());
  }

  private static MailAddress from() {
    return new MailAddress("Holdfast <holdfast@example.org>");
  }

  private static List<MailAddress> to() {
    return List.of(new MailAddress("ops@example.org"), new MailAddress("boss@example.org"));
  }

  private static Notifications notifications(String host, Channel.Mail mail) {
    Notifier notifier =
        new Notifier("mail", mail, EnumSet.allOf(Occasion.class), EnumSet.allOf(RunKind.class));
    Clock clock = Clock.fixed(Runs.STARTED, ZoneOffset.UTC);
    return new Notifications(List.of(notifier), host, clock, (name, ok) -> {}, QUICK, QUICK);
  }
}
