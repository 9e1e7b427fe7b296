package io.holdfast.example.webdav;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Speaks WebDAV with one server, for several threads. What may be sent twice is sent again when the
 * line breaks or the server asks for a moment.
 */
final class DavClient implements AutoCloseable {

  static final int ATTEMPTS = 5;

  private static final long LONGEST_PAUSE_SECONDS = 30;
  private static final String PROPERTIES =
      """
      <?xml version="1.0" encoding="utf-8"?>
      <propfind xmlns="DAV:"><prop>%s</prop></propfind>
      """;
  private static final BodyPublisher FILE_PROPERTIES =
      properties("<resourcetype/><getcontentlength/><getlastmodified/><getetag/>");
  private static final BodyPublisher QUOTA = properties("<resourcetype/><quota-available-bytes/>");

  private final Endpoint endpoint;
  private final Failures failures;
  private final ExecutorService threads;
  private final HttpClient http;

  DavClient(Endpoint endpoint, Failures failures) {
    this.endpoint = endpoint;
    this.failures = failures;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "webdav");
              thread.setDaemon(true);
              return thread;
            });
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(endpoint.timeout())
            .executor(threads);
    endpoint.trusted().map(Trust::in).ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  Duration timeout() {
    return endpoint.timeout();
  }

  /** Shows what there is at a url, with depth 1 what is in the folder too; false for nothing. */
  boolean find(String what, URI url, int depth, Consumer<Entry> visitor) {
    return find(what, url, depth, FILE_PROPERTIES, visitor);
  }

  /** What there is at a url. */
  Optional<Entry> find(String what, URI url) {
    Entry[] found = new Entry[1];
    find(what, url, 0, entry -> found[0] = entry);
    return Optional.ofNullable(found[0]);
  }

  /** The same with how much the user may still store. */
  Optional<Entry> quota(String what, URI url) {
    Entry[] found = new Entry[1];
    find(what, url, 0, QUOTA, entry -> found[0] = entry);
    return Optional.ofNullable(found[0]);
  }

  private boolean find(
      String what, URI url, int depth, BodyPublisher asked, Consumer<Entry> visitor) {
    HttpRequest request =
        request(url)
            .method("PROPFIND", asked)
            .header("Depth", String.valueOf(depth))
            .header("Content-Type", "application/xml; charset=utf-8")
            .build();
    HttpResponse<InputStream> answer = repeat(what, request, info -> new TimedBody(timeout()));
    try (InputStream body = answer.body()) {
      if (answer.statusCode() == 404 || isFolderWithoutSlash(answer)) {
        return false;
      }
      if ((answer.statusCode() == 400 || answer.statusCode() == 403) && isBelowFile(what, url)) {
        return false;
      }
      if (answer.statusCode() != 207) {
        throw failures.of(what, answer.statusCode());
      }
      MultiStatus.read(body, visitor);
      return true;
    } catch (IOException e) {
      throw failures.of(what, e);
    }
  }

  /** Apache refuses a look below a file, where nothing can be. */
  private boolean isBelowFile(String what, URI url) {
    String path = url.getRawPath();
    int end = path.lastIndexOf('/');
    if (end <= 0) {
      return false;
    }
    return find(what, url.resolve(path.substring(0, end)))
        .filter(above -> !above.folder())
        .isPresent();
  }

  /** A server that sends us to the same url with a slash has a folder there. */
  static boolean isFolderWithoutSlash(HttpResponse<?> answer) {
    String path = answer.request().uri().getRawPath();
    return answer.statusCode() / 100 == 3
        && answer
            .headers()
            .firstValue("Location")
            .filter(location -> location.endsWith(path + "/"))
            .isPresent();
  }

  int makeFolder(String what, URI url) {
    return status(what, request(url).method("MKCOL", BodyPublishers.noBody()).build());
  }

  int delete(String what, URI url) {
    return status(what, request(url).DELETE().build());
  }

  int put(String what, URI url, byte[] bytes) {
    return status(what, request(url).PUT(BodyPublishers.ofByteArray(bytes)).build());
  }

  /** Sent once: whoever gets no answer has to look what came of it. */
  int move(URI from, URI to) throws IOException {
    HttpRequest request =
        request(from)
            .method("MOVE", BodyPublishers.noBody())
            .header("Destination", to.toString())
            .header("Overwrite", "F")
            .build();
    return once(request, BodyHandlers.discarding()).statusCode();
  }

  /** Begins to send a stream of any length; the answer comes when it has ended. */
  CompletableFuture<HttpResponse<Void>> upload(URI url, InputStream stream) {
    HttpRequest request = request(url).PUT(BodyPublishers.ofInputStream(() -> stream)).build();
    return http.sendAsync(request, BodyHandlers.discarding());
  }

  /** Opens a file from a position on. */
  HttpResponse<InputStream> get(URI url, long from, String tag) throws IOException {
    HttpRequest.Builder request = request(url).GET();
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    if (!tag.isEmpty()) {
      request.header("If-Match", tag);
    }
    return once(request.build(), info -> new TimedBody(timeout()));
  }

  HttpResponse<Void> options(String what, URI url) {
    HttpRequest request = request(url).method("OPTIONS", BodyPublishers.noBody()).build();
    return repeat(what, request, BodyHandlers.discarding());
  }

  private int status(String what, HttpRequest request) {
    return repeat(what, request, BodyHandlers.discarding()).statusCode();
  }

  private <T> HttpResponse<T> repeat(String what, HttpRequest request, BodyHandler<T> handler) {
    for (int attempt = 1; ; attempt++) {
      long pause = 100L << attempt;
      try {
        HttpResponse<T> answer = once(request, handler);
        if (!Failures.mayPass(answer.statusCode()) || attempt == ATTEMPTS) {
          return answer;
        }
        pause = Math.max(pause, wished(answer));
        if (answer.body() instanceof InputStream unread) {
          unread.close();
        }
        if (!Patience.pause(pause)) {
          throw failures.of(what, answer.statusCode());
        }
      } catch (IOException e) {
        if (attempt == ATTEMPTS || e instanceof javax.net.ssl.SSLException) {
          throw failures.of(what, e);
        }
        if (!Patience.pause(pause)) {
          throw failures.of(what, e);
        }
      }
    }
  }

  private <T> HttpResponse<T> once(HttpRequest request, BodyHandler<T> handler) throws IOException {
    return await(http.sendAsync(request, handler), timeout());
  }

  /** Waits for an answer, whatever interrupts the thread. */
  static <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> answer, Duration timeout)
      throws IOException {
    try {
      return Objects.requireNonNull(
          Patience.<HttpResponse<T>, Exception>waitFor(
              () -> answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS)));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException broken) {
        throw broken;
      }
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpTimeoutException(
          "the server has been silent for " + timeout.toSeconds() + " s");
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /** How long the server asks us to wait. */
  private static long wished(HttpResponse<?> answer) {
    Optional<String> after = answer.headers().firstValue("Retry-After");
    if (after.isEmpty() || !after.get().matches("[0-9]{1,9}")) {
      return 0;
    }
    return 1000 * Math.min(LONGEST_PAUSE_SECONDS, Long.parseLong(after.get()));
  }

  private HttpRequest.Builder request(URI url) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).header("User-Agent", "holdfast-storage-webdav");
    endpoint.login().header().ifPresent(login -> request.header("Authorization", login));
    return request;
  }

  private static BodyPublisher properties(String names) {
    return BodyPublishers.ofByteArray(PROPERTIES.formatted(names).getBytes(StandardCharsets.UTF_8));
  }
}
