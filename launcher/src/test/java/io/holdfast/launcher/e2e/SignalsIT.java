package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.server.SMTPServer;

/** Who hears of runs: a chat, a mailbox, a watchdog, Prometheus. */
class SignalsIT {

  private static final String TAKEN = "there is a file where the target's folder should be";

  private final List<String> posted = new CopyOnWriteArrayList<>();
  private final List<String> mailed = new CopyOnWriteArrayList<>();
  private HttpServer web;
  private SMTPServer mail;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  @BeforeEach
  void listen() throws IOException {
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext("/", this::take);
    web.start();
    mail =
        new SMTPServer.Builder()
            .bindAddress(InetAddress.getLoopbackAddress())
            .port(0)
            .hideTLS()
            .messageHandler(
                (context, from, to, data) ->
                    mailed.add(new String(data, StandardCharsets.ISO_8859_1)))
            .build();
    mail.start();
  }

  @AfterEach
  void stop() {
    web.stop(0);
    mail.stop();
  }

  @Test
  void a_failure_and_the_recovery_from_it_are_told_and_a_dead_notifier_hinders_nobody()
      throws IOException {
    try (Cluster cluster = HostServer.start()) {
      cluster.createDatabase("hf-e2e-signals");
      Path text = Files.createDirectory(folder.resolve("text")).resolve("holdfast.prom");
      Operator operator = operator(cluster, text);

      Outcome first = operator.holdfast("backup").ok().tells("notifier dead: http://127.0.0.1");
      assertThat(first.told()).doesNotContain("T0KEN");
      assertThat(paths()).containsExactly("/watch/start", "/watch");
      assertThat(mailed).isEmpty();
      assertThat(Files.readString(text))
          .contains(
              "holdfast_last_run_exit_code{command=\"backup\",host=\"hf-e2e-host\"} 0.0\n",
              "holdfast_runs_total{command=\"backup\",host=\"hf-e2e-host\",outcome=\"succeeded\"}"
                  + " 1.0\n",
              "holdfast_notifier_failures_total{host=\"hf-e2e-host\",notifier=\"dead\"} 1.0\n");
      String success = line(text, "holdfast_last_success_timestamp_seconds{command=\"backup\"");
      new Shell().run(List.of("sh", "-c", "exec promtool check metrics <'" + text + "'")).ok();

      posted.clear();
      Operator.write(folder.resolve("taken"), TAKEN);
      operator.target(folder.resolve("taken")).holdfast("backup").exits(12);
      assertThat(paths()).containsExactlyInAnyOrder("/watch/start", "/watch/fail", "/chat");
      assertThat(posted).anySatisfy(p -> assertThat(p).contains("\"event\":\"failure\"", ":12,"));
      assertThat(mailed)
          .singleElement()
          .asString()
          .contains("Subject: [holdfast] hf-e2e-host: backup FAILED (exit 12)");
      assertThat(line(text, "holdfast_last_success_timestamp_seconds{command=\"backup\""))
          .isEqualTo(success);
      assertThat(Files.readString(text)).contains("outcome=\"failed\"} 1.0\n");

      posted.clear();
      operator.target(folder.resolve("target")).holdfast("backup").ok();
      assertThat(paths()).containsExactlyInAnyOrder("/watch/start", "/watch", "/chat");
      assertThat(posted).anySatisfy(p -> assertThat(p).contains("\"event\":\"recovery\""));
      assertThat(mailed).hasSize(2).last().asString().contains("backup works again");
    }
  }

  private Operator operator(Cluster cluster, Path text) {
    String root = "http://127.0.0.1:" + web.getAddress().getPort();
    return new Operator(folder)
        .cluster("main", cluster)
        .environment("HOOK", root + "/chat?T0KEN")
        .setting("notifications:")
        .setting("  chat: {webhook: \"${env:HOOK}\"}")
        .setting("  watch: {ping: \"" + root + "/watch\"}")
        .setting("  dead: {ping: \"http://127.0.0.1:1/T0KEN\"}")
        .setting(
            "  mail: {smtp: \"smtp://127.0.0.1:"
                + mail.getPortAllocated()
                + "\", starttls: never, from: hf@example.org, to: ops@example.org}")
        .setting("metrics: {textfile: \"" + text + "\"}");
  }

  private static String line(Path file, String begin) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(begin))
        .findFirst()
        .orElseThrow();
  }

  private List<String> paths() {
    return posted.stream().map(post -> post.substring(0, post.indexOf('\n'))).toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      posted.add(
          exchange.getRequestURI().getPath() + "\n" + new String(body, StandardCharsets.UTF_8));
      exchange.sendResponseHeaders(200, -1);
    }
  }
}
