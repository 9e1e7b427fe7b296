package io.holdfast.storage.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Breaks off requests over which nothing has moved for a while. Java's sockets know such a limit
 * for reads alone: a write to a host that is gone blocks for a quarter of an hour. It ends the
 * requests of a thread, too, so that an upload can be given up at once.
 */
final class StallGuard implements SdkHttpClient {

  /** Putting parts together and copying may keep a server silent so many times longer. */
  static final int LONG_WORK = 10;

  /** Put beside the headers of an answer: the time in the request, by this host's clock. */
  static final String ASKED_AT = "x-holdfast-asked-at";

  private final SdkHttpClient transport;
  private final long patienceNanos;
  private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService watch;

  StallGuard(SdkHttpClient transport, Duration patience) {
    this.transport = transport;
    this.patienceNanos = patience.toNanos();
    this.watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "holdfast-s3-stalls");
              thread.setDaemon(true);
              return thread;
            });
    long pause = Math.max(1, patienceNanos / 8);
    var unused = watch.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.NANOSECONDS);
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    Exchange exchange =
        new Exchange(
            patienceFor(request.httpRequest()),
            request.httpRequest().firstMatchingHeader("X-Amz-Date").orElse("unknown"));
    HttpExecuteRequest.Builder watched =
        HttpExecuteRequest.builder().request(request.httpRequest());
    request.metricCollector().ifPresent(watched::metricCollector);
    request
        .contentStreamProvider()
        .ifPresent(content -> watched.contentStreamProvider(exchange.watched(content)));
    exchange.prepared = transport.prepareRequest(watched.build());
    return exchange;
  }

  @Override
  public String clientName() {
    return transport.clientName();
  }

  @Override
  public void close() {
    watch.shutdownNow();
    exchanges.forEach(Exchange::abort);
    transport.close();
  }

  /** Breaks off what a thread is at. */
  void abortRequestsOf(Thread thread) {
    for (Exchange exchange : exchanges) {
      if (exchange.thread == thread) {
        exchange.abort();
      }
    }
  }

  private long patienceFor(SdkHttpRequest request) {
    boolean puttingTogether =
        request.method() == SdkHttpMethod.POST
            || request.firstMatchingHeader("x-amz-copy-source").isPresent();
    return puttingTogether ? patienceNanos * LONG_WORK : patienceNanos;
  }

  private void look() {
    long now = System.nanoTime();
    for (Exchange exchange : exchanges) {
      if (exchange.waiting && now - exchange.movedAt > exchange.patience) {
        exchange.stalled = true;
        exchange.abort();
      }
    }
  }

  /** One request and its answer. */
  private final class Exchange implements ExecutableHttpRequest {

    private final long patience;
    private final String date;
    private final Thread thread = Thread.currentThread();
    private volatile long movedAt;
    private volatile boolean waiting;
    private volatile boolean stalled;
    private ExecutableHttpRequest prepared = new NotPrepared();

    Exchange(long patience, String date) {
      this.patience = patience;
      this.date = date;
    }

    ContentStreamProvider watched(ContentStreamProvider content) {
      return () -> new Content(content.newStream());
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      moved();
      waiting = true;
      exchanges.add(this);
      HttpExecuteResponse response;
      try {
        response = prepared.call();
      } catch (IOException | RuntimeException e) {
        exchanges.remove(this);
        throw explained(e);
      }
      waiting = false;
      if (response.responseBody().isEmpty()) {
        exchanges.remove(this);
        return response;
      }
      AbortableInputStream body = response.responseBody().get();
      return HttpExecuteResponse.builder()
          .response(response.httpResponse().toBuilder().putHeader(ASKED_AT, date).build())
          .responseBody(AbortableInputStream.create(new Answer(body), body))
          .build();
    }

    @Override
    public void abort() {
      prepared.abort();
    }

    private void moved() {
      movedAt = System.nanoTime();
    }

    private IOException explained(Exception e) throws IOException {
      if (stalled) {
        String silence = "nothing moved for " + TimeUnit.NANOSECONDS.toSeconds(patience) + " s";
        throw (IOException) new SocketTimeoutException(silence).initCause(e);
      }
      if (e instanceof RuntimeException mine) {
        throw mine;
      }
      return (IOException) e;
    }

    private final class Content extends FilterInputStream {
      Content(InputStream content) {
        super(content);
      }

      @Override
      public int read() throws IOException {
        moved();
        return super.read();
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        moved();
        return super.read(into, offset, length);
      }
    }

    private final class Answer extends FilterInputStream {
      Answer(InputStream answer) {
        super(answer);
      }

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        moved();
        waiting = true;
        try {
          return super.read(into, offset, length);
        } catch (IOException | RuntimeException e) {
          throw explained(e);
        } finally {
          waiting = false;
        }
      }

      @Override
      public void close() throws IOException {
        exchanges.remove(Exchange.this);
        super.close();
      }
    }
  }

  /** Before there is a request. */
  private static final class NotPrepared implements ExecutableHttpRequest {
    @Override
    public HttpExecuteResponse call() {
      throw new IllegalStateException("not prepared");
    }

    @Override
    public void abort() {
      // There is nothing to end.
    }
  }
}
