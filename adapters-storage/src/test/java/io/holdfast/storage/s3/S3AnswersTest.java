package io.holdfast.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that no server at hand gives, from one that gives them all. */
class S3AnswersTest {

  private static final BlobKey KEY = new BlobKey("set/file");

  private HttpServer server;

  /** What was put, by its path, and the mark of who did. */
  private final Map<String, String> objects = new ConcurrentHashMap<>();

  private final AtomicInteger requests = new AtomicInteger();
  private Answers answers = exchange -> false;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void an_encryption_that_the_server_drops_is_a_failure_before_anything_is_there() {
    try (BlobStore store =
        new S3BlobStoreProvider()
            .open(S3Server.settingsAt(endpoint(), "a", "server-side-encryption", "AES256"))) {
      assertThat(failureOfWriteTo(store)).hasMessageContaining("does not encrypt it");
    }
    assertThat(objects).isEmpty();
  }

  @Test
  void checksums_that_the_server_refuses_are_left_out_from_then_on() {
    AtomicInteger refused = new AtomicInteger();
    answers =
        exchange -> {
          boolean trailing = exchange.getRequestHeaders().containsKey("x-amz-trailer");
          boolean checksum =
              exchange.getRequestHeaders().keySet().stream()
                  .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains("checksum"));
          if (!trailing && !checksum) {
            return false;
          }
          refused.incrementAndGet();
          return say(exchange, 400, error("XAmzContentSHA256Mismatch", ""));
        };
    S3Settings settings = SettingsReader.read(S3Server.settingsAt(endpoint(), "a"));
    try (BlobStore store =
        new S3BlobStore(untilRefused(settings), new SlabPool(1 << 20), PartPlan.of(8 << 20))) {
      write(store, KEY);
      write(store, new BlobKey("set/another"));
    }

    assertThat(objects.keySet()).contains("/backups/a/set/file", "/backups/a/set/another");
    assertThat(refused).hasValue(1);
  }

  @Test
  void throttling_is_waited_out() {
    AtomicInteger busy = new AtomicInteger(3);
    answers = exchange -> busy.getAndDecrement() > 0 && say(exchange, 503, error("SlowDown", ""));
    try (BlobStore store = open()) {
      write(store, KEY);
    }

    assertThat(objects).containsKey("/backups/a/set/file");
  }

  @Test
  void a_wrong_region_is_told_with_the_right_one() {
    answers =
        exchange ->
            say(
                exchange,
                400,
                error(
                    "AuthorizationHeaderMalformed",
                    "<Message>the region 'us-east-1' is wrong; expecting 'eu-north-1'</Message>"));
    try (BlobStore store = open()) {
      StorageFailure failure = failureOfWriteTo(store);
      assertThat(failure).hasMessageContaining("the bucket is in region eu-north-1");
      assertThat(failure.hint()).contains("storage.cloud.region: eu-north-1");
    }
  }

  @Test
  void clocks_that_differ_are_told_with_both_times() {
    AtomicReference<String> asked = new AtomicReference<>();
    answers =
        exchange -> {
          asked.set(exchange.getRequestHeaders().getFirst("X-Amz-Date"));
          return say(exchange, 403, error("RequestTimeTooSkewed", ""));
        };
    try (BlobStore store = open()) {
      assertThat(failureOfWriteTo(store))
          .hasMessageContaining("request says " + asked.get())
          .hasMessageContaining("the server says ")
          .hasMessageContaining(" GMT");
    }
  }

  @Test
  void a_full_server_is_told_from_a_broken_one() {
    answers = exchange -> say(exchange, 507, error("XMinioStorageFull", ""));
    try (BlobStore store = open()) {
      assertThat(failureOfWriteTo(store).kind()).isEqualTo(FailureKind.STORAGE_FULL);
    }
  }

  @Test
  void a_server_that_is_not_there_may_be_there_later() {
    server.stop(0);
    try (BlobStore store = open()) {
      StorageFailure failure = failureOfWriteTo(store);
      assertThat(failure.kind()).isEqualTo(FailureKind.STORAGE_UNREACHABLE);
      assertThat(failure.hint()).contains(endpoint().toString());
    }
  }

  @Test
  void opening_asks_nothing() {
    open().close();

    assertThat(requests).hasValue(0);
  }

  private interface Answers {
    /** True when it has answered. */
    boolean to(HttpExchange exchange) throws IOException;
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private BlobStore open() {
    return new S3BlobStoreProvider()
        .open(S3Server.settingsAt(endpoint(), "a", "conditional-create", "always"));
  }

  private static void write(BlobStore store, BlobKey key) {
    try (BlobWriter writer = store.create(key)) {
      writer.commit();
    }
  }

  private static StorageFailure failureOfWriteTo(BlobStore store) {
    return Objects.requireNonNull(
        catchThrowableOfType(StorageFailure.class, () -> write(store, KEY)));
  }

  private static S3Settings untilRefused(S3Settings of) {
    return new S3Settings(
        of.name(),
        of.location(),
        of.region(),
        of.endpoint(),
        of.pathStyle(),
        of.keys(),
        of.profile(),
        S3Settings.Checksums.UNTIL_REFUSED,
        of.chunkedEncoding(),
        S3Settings.ConditionalCreate.ALWAYS,
        of.encryption(),
        of.storageClass(),
        of.partBytes(),
        of.uploads(),
        of.timeout(),
        of.authorities());
  }

  private static String error(String code, String more) {
    return "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code>" + more + "</Error>";
  }

  private static boolean say(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
    if (!head && bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    return true;
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    try (exchange) {
      exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
      if (!answers.to(exchange)) {
        keep(exchange);
      }
    }
  }

  private void keep(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        String mark = exchange.getRequestHeaders().getFirst("x-amz-meta-" + Stored.MARK);
        objects.put(path, String.valueOf(mark));
        say(exchange, 200, "");
      }
      case "DELETE" -> {
        objects.remove(path);
        say(exchange, 204, "");
      }
      case "HEAD" -> {
        String mark = objects.get(path);
        if (mark != null) {
          exchange.getResponseHeaders().add("x-amz-meta-" + Stored.MARK, mark);
        }
        say(exchange, mark == null ? 404 : 200, "");
      }
      default -> say(exchange, 200, "<?xml version=\"1.0\"?><ListBucketResult/>");
    }
  }
}
