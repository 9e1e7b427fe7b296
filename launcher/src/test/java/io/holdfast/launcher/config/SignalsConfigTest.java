package io.holdfast.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.domain.history.RunKind;
import io.holdfast.operations.notification.Channel;
import io.holdfast.operations.notification.MailServer;
import io.holdfast.operations.notification.MailServer.Encryption;
import io.holdfast.operations.notification.Notifier;
import io.holdfast.operations.notification.Occasion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalsConfigTest {

  private static final String SMALLEST =
      """
      volumes: {}
      storage:
        local: {url: "file:///backups"}
      """;

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void every_kind_of_notifier_is_read_whole() throws IOException {
    Files.writeString(folder.resolve("key"), "k3y\n");
    environment.put("HOOK_URL", "https://hooks.example.org/T0KEN");
    environment.put("MAIL_PASSWORD", "w0rd");

    List<Notifier> notifiers =
        notifiers(
            """
              chat: {webhook: "${env:HOOK_URL}", secret: "${file:key}", on: [failure, recovery]}
              mail:
                smtp: "smtp://mail.example.org"
                user: me
                password: ${env:MAIL_PASSWORD}
                from: Holdfast <holdfast@example.org>
                to: [ops@example.org, boss@example.org]
                ca-certificates: ca.pem
                for: [backup, verify]
              watch: {ping: "https://hc-ping.com/6e1b0c58"}
              night: {ping: "https://hc-ping.com/${env:MAIL_PASSWORD}", for: [verify, prune]}
            """);

    Channel.Webhook chat = (Channel.Webhook) notifiers.get(0).channel();
    assertThat(notifiers.get(0).name()).isEqualTo("chat");
    assertThat(notifiers.get(0).on())
        .containsExactlyInAnyOrder(Occasion.FAILURE, Occasion.RECOVERY);
    assertThat(notifiers.get(0).kinds()).containsExactlyInAnyOrder(RunKind.values());
    assertThat(revealed(chat.url())).isEqualTo("https://hooks.example.org/T0KEN");
    assertThat(revealed(chat.key().orElseThrow())).isEqualTo("k3y");

    Channel.Mail mail = (Channel.Mail) notifiers.get(1).channel();
    assertThat(mail.server())
        .isEqualTo(new MailServer("mail.example.org", 587, Encryption.REQUIRED));
    assertThat(mail.login().orElseThrow().user()).isEqualTo("me");
    assertThat(revealed(mail.login().orElseThrow().password())).isEqualTo("w0rd");
    assertThat(mail.from().text()).isEqualTo("Holdfast <holdfast@example.org>");
    assertThat(mail.to()).hasSize(2);
    assertThat(mail.authorities()).contains(folder.resolve("ca.pem"));
    assertThat(notifiers.get(1).on()).containsExactlyInAnyOrder(Occasion.values());
    assertThat(notifiers.get(1).kinds()).containsExactlyInAnyOrder(RunKind.BACKUP, RunKind.VERIFY);

    assertThat(notifiers.get(2).kinds()).containsExactly(RunKind.BACKUP);
    Channel.Ping night = (Channel.Ping) notifiers.get(3).channel();
    assertThat(revealed(night.url())).isEqualTo("https://hc-ping.com/w0rd");
    assertThat(notifiers.get(3).kinds()).containsExactlyInAnyOrder(RunKind.VERIFY, RunKind.PRUNE);
  }

  @ParameterizedTest
  @CsvSource({
    "smtp://m:25,never,25,NEVER",
    "smtp://m,when-offered,587,WHEN_OFFERED",
    "smtp://m,required,587,REQUIRED",
    "smtps://m,,465,IMPLICIT",
    "smtps://[::1]:4650,,4650,IMPLICIT"
  })
  void a_mail_servers_url_tells_its_port_and_encryption(
      String url, String starttls, int port, Encryption encryption) throws IOException {
    String more = starttls == null ? "" : ", starttls: " + starttls;
    List<Notifier> read =
        notifiers("  m: {smtp: \"" + url + "\", from: a@b, to: c@d" + more + "}\n");

    MailServer server = ((Channel.Mail) read.get(0).channel()).server();
    assertThat(server.port()).isEqualTo(port);
    assertThat(server.encryption()).isEqualTo(encryption);
  }

  @Test
  void a_secret_that_is_not_there_is_no_problem_until_it_is_used() throws IOException {
    List<Notifier> notifiers =
        notifiers(
            "  a: {webhook: \"${env:NONE}\"}\n  b: {webhook: \"https://x/${env:NONE}\", secret:"
                + " \"${file:none}\"}\n");

    for (Notifier notifier : notifiers) {
      Channel.Webhook webhook = (Channel.Webhook) notifier.channel();
      assertThatThrownBy(() -> webhook.url().get())
          .isInstanceOf(ConfigurationFailure.class)
          .hasMessage("the environment variable NONE is not set");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: {on: [failure]}|a: expected one of webhook:, smtp: and ping:",
        "a: {webhook: \"https://x\", ping: \"https://x\"}|a: expected one of webhook:",
        "a: {webhook: \"T0KEN\"}|a.webhook: expected an https:// or http:// url",
        "a: {webhook: \"https://u:T0KEN@x\"}|a.webhook: expected an https:// or http:// url",
        "a: {webhook: \"https://x\", secret: T0KEN}|a.secret: a secret stands here in the open",
        "a: {webhook: \"https://x\", on: [failures]}|a.on: expected some of failure, partial",
        "a: {webhook: \"https://x\", on: []}|a.on: expected some of failure, partial",
        "a: {webhook: \"https://x\", for: lunch}|a.for: expected some of backup, verify",
        "a: {ping: \"https://x\", on: [failure]}|a.on: unknown key",
        "a: {smtp: \"smtp://m\", to: a@b}|a.from: missing",
        "a: {smtp: \"smtp://m\", from: a@b, to: [x]}|a.to: expected addresses",
        "a: {smtp: \"smtp://m\", from: \"a@b\\nBcc: c@d\", to: a@b}|a.from: expected an address",
        "a: {smtp: \"http://m\", from: a@b, to: a@b}|a.smtp: expected smtp://mail",
        "a: {smtp: \"smtp://u:T0KEN@m\", from: a@b, to: a@b}|a.smtp: a user stands",
        "a: {smtp: \"smtps://m\", starttls: required, from: a@b, to: a@b}|a.starttls: goes with",
        "a: {smtp: \"smtp://m\", user: u, from: a@b, to: a@b}|a: expected user: and password:",
        "a: {smtp: \"smtp://m\", starttls: when-offered, user: u, password: \"${env:P}\", from:"
            + " a@b, to: a@b}|a.starttls: would let others read the password"
      })
  void what_is_wrong_with_a_notifier_is_told(String notifier, String problem) throws IOException {
    assertThat(problems(SMALLEST + "notifications:\n  " + notifier + "\n"))
        .contains("F:5: notifications." + problem);
  }

  @Test
  void no_more_than_a_few_notifiers_are_taken() throws IOException {
    StringBuilder many = new StringBuilder(SMALLEST + "notifications:\n");
    for (int i = 0; i < 17; i++) {
      many.append("  n").append(i).append(": {ping: \"https://x\"}\n");
    }
    assertThat(problems(many.toString())).contains("names more than 16 notifiers");
  }

  @Test
  void metrics_are_read() throws IOException {
    LoadedConfig loaded =
        load(SMALLEST + "metrics: {textfile: text/holdfast.prom, listen: \"127.0.0.1:9842\"}\n");

    assertThat(loaded.problems().all()).isEmpty();
    assertThat(loaded.config().lifecycle().metrics())
        .contains(
            new MetricsConfig(
                Optional.of(folder.resolve("text/holdfast.prom")),
                Optional.of(InetSocketAddress.createUnresolved("127.0.0.1", 9842))));
    assertThat(load(SMALLEST).config().lifecycle().metrics()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|metrics: expected textfile: with a path, listen: with an address",
        "{textfile: /x/holdfast.txt}|metrics.textfile: expected a path that ends in .prom",
        "{listen: 9842}|metrics.listen: expected an address such as",
        "{listen: \"127.0.0.1\"}|metrics.listen: expected an address such as",
        "{listen: \"127.0.0.1:70000\"}|metrics.listen: expected an address such as"
      })
  void what_is_wrong_with_metrics_is_told(String metrics, String problem) throws IOException {
    assertThat(problems(SMALLEST + "metrics: " + metrics + "\n")).contains("F:4: " + problem);
  }

  private List<Notifier> notifiers(String text) throws IOException {
    LoadedConfig loaded = load(SMALLEST + "notifications:\n" + text);
    assertThat(loaded.problems().all()).isEmpty();
    return loaded.config().lifecycle().notifiers();
  }

  private String problems(String text) throws IOException {
    StringBuilder all = new StringBuilder();
    load(text).problems().all().forEach(problem -> all.append(problem).append('\n'));
    assertThat(all.toString()).doesNotContain("T0KEN");
    return all.toString().replace(folder.resolve("holdfast.yaml").toString(), "F");
  }

  private LoadedConfig load(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("holdfast.yaml"), text);
    return new ConfigLoader(
            TestSurroundings.of(folder, environment),
            TestSchemes.of("file", "sftp", "s3"),
            TestCron.FIELDS)
        .load(file, Needs.everything());
  }

  private static String revealed(Supplier<Secret> secret) {
    return secret.get().reveal(String::valueOf);
  }
}
