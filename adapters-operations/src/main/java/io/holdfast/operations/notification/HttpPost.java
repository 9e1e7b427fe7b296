package io.holdfast.operations.notification;

import io.holdfast.application.port.out.store.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One HTTP request. Its address opens something, so that no more than its host is ever shown. */
final class HttpPost {

  private static final int TIMEOUT = 408;
  private static final int TOO_MANY = 429;

  private final URI address;
  private final Optional<Path> authorities;

  private HttpPost(URI address, Optional<Path> authorities) {
    this.address = address;
    this.authorities = authorities;
  }

  static HttpPost to(Secret url, UnaryOperator<URI> turn, Optional<Path> authorities)
      throws UndeliveredException {
    Optional<URI> address = Addresses.parse(url);
    if (address.isEmpty()) {
      throw new UndeliveredException("its url is not " + Addresses.EXPECTED, false);
    }
    return new HttpPost(turn.apply(address.get()), authorities);
  }

  /** Sends a body, and returns when it was taken. */
  void send(byte[] body, String type, Map<String, String> headers, Duration most)
      throws UndeliveredException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(most)
            .header("Content-Type", type)
            .header("User-Agent", "holdfast")
            .POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    judge(statusOf(request.build(), most));
  }

  private int statusOf(HttpRequest request, Duration most) throws UndeliveredException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(most)
            .sslContext(Trust.of(authorities))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw undelivered(Reasons.of(e), !Reasons.isTls(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw undelivered("it was not waited for any longer", false);
    }
  }

  private void judge(int status) throws UndeliveredException {
    if (status >= 200 && status < 300) {
      return;
    }
    if (status >= 300 && status < 400) {
      throw undelivered("it answered " + status + ", and redirects are not followed", false);
    }
    throw undelivered(
        "it answered " + status, status >= 500 || status == TIMEOUT || status == TOO_MANY);
  }

  private UndeliveredException undelivered(String reason, boolean passing) {
    String text = Addresses.shown(address) + " did not take the message: " + reason;
    return new UndeliveredException(text, passing);
  }
}
