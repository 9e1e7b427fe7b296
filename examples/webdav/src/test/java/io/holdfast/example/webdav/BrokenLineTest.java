package io.holdfast.example.webdav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that does what real ones do on a bad day. */
class BrokenLineTest {

  private static final String FOUND =
      """
      <?xml version="1.0"?><d:multistatus xmlns:d="DAV:"><d:response><d:href>/sets/a</d:href>
      <d:propstat><d:prop><d:resourcetype/><d:getcontentlength>100000</d:getcontentlength>
      <d:getetag>"x1"</d:getetag></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>
      </d:response></d:multistatus>
      """;

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final byte[] blob = new byte[100_000];
  private volatile Answer current = exchange -> reply(exchange, 500, "");
  private HttpServer server;
  private BlobStore store;

  @BeforeEach
  void start() throws IOException {
    new Random(7).nextBytes(blob);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> current.to(exchange));
    server.start();
    URI url = URI.create("webdav://127.0.0.1:" + server.getAddress().getPort() + "/sets");
    store = new WebDavProvider().open(new Settings("nas", url, Map.of(), Map.of()));
  }

  @AfterEach
  void stop() {
    store.close();
    server.stop(0);
  }

  @Test
  void a_read_goes_on_where_the_line_broke() throws IOException {
    answer(
        exchange -> {
          if (exchange.getRequestMethod().equals("PROPFIND")) {
            reply(exchange, 207, FOUND);
            return;
          }
          String range = String.valueOf(exchange.getRequestHeaders().getFirst("Range"));
          asked.add(range + " " + exchange.getRequestHeaders().getFirst("If-Match"));
          int from = range.startsWith("bytes=") ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
          exchange.sendResponseHeaders(from > 0 ? 206 : 200, blob.length - from);
          exchange.getResponseBody().write(blob, from, Math.min(40_000, blob.length - from));
          exchange.close();
        });
    try (InputStream in = store.open(new BlobKey("a"))) {
      assertThat(in.readNBytes(blob.length + 1)).isEqualTo(blob);
    }
    assertThat(asked.get(0)).isEqualTo("null null");
    assertThat(asked).hasSizeGreaterThan(1);
    assertThat(asked.subList(1, asked.size()))
        .allMatch(each -> each.matches("bytes=[1-9]\\d*- \"x1\""));
  }

  @Test
  void a_blob_that_changed_while_it_was_read_is_not_there_any_more() throws IOException {
    answer(
        exchange -> {
          if (exchange.getRequestMethod().equals("PROPFIND")) {
            reply(exchange, 207, FOUND);
          } else if (exchange.getRequestHeaders().getFirst("Range") != null) {
            reply(exchange, 412, "");
          } else {
            exchange.sendResponseHeaders(200, blob.length);
            exchange.getResponseBody().write(blob, 0, 40_000);
            exchange.close();
          }
        });
    try (InputStream in = store.open(new BlobKey("a"))) {
      StorageFailure failure =
          catchThrowableOfType(StorageFailure.class, () -> in.readNBytes(blob.length));
      assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    }
  }

  @Test
  void a_server_that_asks_for_a_moment_gets_it() {
    AtomicInteger calls = new AtomicInteger();
    answer(exchange -> reply(exchange, calls.incrementAndGet() < 3 ? 503 : 207, FOUND));
    assertThat(store.stat(new BlobKey("a")).bytes()).isEqualTo(100_000);
    assertThat(calls).hasValue(3);
  }

  @Test
  void an_upload_that_the_server_drops_and_calls_good_is_not_published() {
    answer(
        exchange -> {
          exchange.getRequestBody().transferTo(java.io.OutputStream.nullOutputStream());
          asked.add(exchange.getRequestMethod());
          switch (exchange.getRequestMethod()) {
            case "PROPFIND" -> reply(exchange, 207, workshopWithEmptyUploads());
            case "PUT" -> {
              puts.add(exchange.getRequestURI().getPath());
              reply(exchange, 201, "");
            }
            case "MKCOL" -> reply(exchange, 201, "");
            default -> reply(exchange, 204, "");
          }
        });
    StorageFailure failure =
        catchThrowableOfType(
            StorageFailure.class,
            () -> {
              try (var writer = store.create(new BlobKey("a"))) {
                writer.body().write(new byte[1_000_000]);
                writer.commit();
              }
            });
    assertThat(failure).hasMessageContaining("the server kept 0 of 1000000 bytes");
    assertThat(failure.hint()).contains("chunked");
    assertThat(asked).doesNotContain("MOVE").contains("DELETE");
  }

  @Test
  void what_a_server_refuses_is_told_with_what_to_do_and_whether_to_try_again() {
    Map<Integer, FailureKind> kinds =
        Map.of(
            401, FailureKind.STORAGE,
            403, FailureKind.STORAGE,
            405, FailureKind.STORAGE,
            409, FailureKind.STORAGE,
            507, FailureKind.STORAGE_FULL);
    kinds.forEach(
        (status, kind) -> {
          answer(exchange -> reply(exchange, status, ""));
          StorageFailure failure =
              catchThrowableOfType(StorageFailure.class, () -> store.stat(new BlobKey("a")));
          assertThat(failure.kind()).isEqualTo(kind);
          assertThat(failure).hasMessageContaining("HTTP " + status).hasMessageContaining("/sets");
          assertThat(failure.hint()).isNotEmpty();
        });
  }

  @Test
  void an_answer_that_names_other_documents_reads_none_of_them() {
    answer(
        exchange ->
            reply(
                exchange,
                207,
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                    + FOUND.substring(FOUND.indexOf("<d:multi")).replace("/sets/a", "/sets/&e;")));
    StorageFailure failure =
        catchThrowableOfType(StorageFailure.class, () -> store.stat(new BlobKey("a")));
    assertThat(failure).hasMessageContaining("no WebDAV");
  }

  private final List<String> puts = Collections.synchronizedList(new ArrayList<>());

  private String workshopWithEmptyUploads() {
    StringBuilder xml = new StringBuilder("<d:multistatus xmlns:d=\"DAV:\">");
    for (String put : puts) {
      xml.append(
          ("<d:response><d:href>%s</d:href><d:propstat><d:prop><d:getcontentlength>0"
                  + "</d:getcontentlength></d:prop><d:status>HTTP/1.1 200 OK</d:status>"
                  + "</d:propstat></d:response>")
              .formatted(put));
    }
    return xml.append("</d:multistatus>").toString();
  }

  private void answer(Answer answer) {
    current = answer;
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }
}
