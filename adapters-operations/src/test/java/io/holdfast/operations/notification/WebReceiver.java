package io.holdfast.operations.notification;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server that keeps what it is sent, and answers 200 when nothing else was asked of it. */
final class WebReceiver implements AutoCloseable {

  final List<Received> received = new CopyOnWriteArrayList<>();
  private final Queue<Integer> answers = new ArrayDeque<>();
  private final HttpServer server;
  private final String scheme;

  private WebReceiver(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.createContext("/", this::take);
    server.start();
  }

  static WebReceiver plain() throws IOException {
    return new WebReceiver(HttpServer.create(anywhere(), 0), "http");
  }

  static WebReceiver encrypted(Identity identity) throws IOException {
    HttpsServer server = HttpsServer.create(anywhere(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
    return new WebReceiver(server, "https");
  }

  private static InetSocketAddress anywhere() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** The next answers. */
  synchronized WebReceiver answering(Integer... statuses) {
    answers.addAll(List.of(statuses));
    return this;
  }

  String url(String path) {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      received.add(
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              new String(body, StandardCharsets.UTF_8)));
      exchange.getResponseHeaders().set("Location", "/elsewhere");
      exchange.sendResponseHeaders(next(), -1);
    }
  }

  private synchronized int next() {
    return Optional.ofNullable(answers.poll()).orElse(200);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** What was sent. */
  record Received(String method, String path, Headers headers, String body) {

    String header(String name) {
      return String.valueOf(headers.getFirst(name));
    }
  }
}
