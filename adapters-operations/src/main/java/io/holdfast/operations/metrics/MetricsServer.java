package io.holdfast.operations.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.application.port.failure.ConfigurationFailure;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the figures under {@code /metrics}, for as long as it is open. */
public final class MetricsServer implements AutoCloseable {

  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int BROKEN = 500;

  private final HttpServer server;
  private final ExecutorService threads;

  private MetricsServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Begins to serve.
   *
   * @param listen an address of this host
   * @throws ConfigurationFailure when the address cannot be listened on
   */
  public static MetricsServer start(InetSocketAddress listen, RunMetrics metrics) {
    InetSocketAddress address = new InetSocketAddress(listen.getHostString(), listen.getPort());
    ExecutorService threads = Executors.newFixedThreadPool(2, MetricsServer::thread);
    try {
      HttpServer server = HttpServer.create(address, 0);
      server.createContext("/", exchange -> answer(exchange, metrics));
      server.setExecutor(threads);
      server.start();
      return new MetricsServer(server, threads);
    } catch (IOException | IllegalArgumentException e) {
      threads.shutdownNow();
      throw new ConfigurationFailure(
          "cannot serve metrics on " + listen + ": " + e.getMessage(),
          "is the port taken? correct metrics.listen in the configuration",
          e);
    }
  }

  /** Where it listens: the port that was given to it, when it asked for any. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private static void answer(HttpExchange exchange, RunMetrics metrics) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!exchange.getRequestURI().getPath().equals("/metrics")) {
        exchange.sendResponseHeaders(NOT_FOUND, -1);
      } else if (method.equals("GET") || method.equals("HEAD")) {
        send(exchange, metrics);
      } else {
        exchange.sendResponseHeaders(NOT_ALLOWED, -1);
      }
    }
  }

  private static void send(HttpExchange exchange, RunMetrics metrics) throws IOException {
    MetricSnapshots figures;
    try {
      figures = metrics.snapshots();
    } catch (IOException | RuntimeException unreadable) {
      exchange.sendResponseHeaders(BROKEN, -1);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", PrometheusTextFormatWriter.CONTENT_TYPE);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head ? -1 : 0);
    if (!head) {
      RunMetrics.write(figures, exchange.getResponseBody());
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "metrics");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
