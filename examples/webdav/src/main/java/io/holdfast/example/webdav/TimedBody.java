package io.holdfast.example.webdav;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a stream that does not wait for ever: a line that has gone dead without
 * a word ends it. Holds what came in one piece, and asks for the next when that is read.
 */
final class TimedBody extends InputStream implements HttpResponse.BodySubscriber<InputStream> {

  private static final List<ByteBuffer> END = List.of();

  private final Duration timeout;
  private final LinkedBlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();
  private final ArrayDeque<ByteBuffer> current = new ArrayDeque<>();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile @Nullable Throwable failure;
  private boolean ended;
  private volatile boolean closed;

  TimedBody(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (closed) {
      given.cancel();
      return;
    }
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> piece) {
    arrived.add(List.copyOf(piece));
  }

  @Override
  public void onError(Throwable thrown) {
    failure = thrown;
    arrived.add(END);
  }

  @Override
  public void onComplete() {
    arrived.add(END);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    ByteBuffer next = next();
    if (next == null) {
      return -1;
    }
    int count = Math.min(length, next.remaining());
    next.get(into, offset, count);
    return count;
  }

  @Override
  public void close() {
    closed = true;
    Flow.Subscription given = subscription;
    if (!ended && given != null) {
      given.cancel();
    }
    ended = true;
    current.clear();
    arrived.clear();
  }

  private @Nullable ByteBuffer next() throws IOException {
    while (true) {
      while (!current.isEmpty() && !current.element().hasRemaining()) {
        current.remove();
      }
      if (!current.isEmpty() || ended) {
        return current.peek();
      }
      List<ByteBuffer> piece = take();
      if (piece.equals(END)) {
        ended = true;
        Throwable thrown = failure;
        if (thrown != null) {
          throw new IOException(String.valueOf(thrown.getMessage()), thrown);
        }
      } else {
        current.addAll(piece);
        Objects.requireNonNull(subscription).request(1);
      }
    }
  }

  private List<ByteBuffer> take() throws IOException {
    List<ByteBuffer> piece =
        Patience.waitFor(() -> arrived.poll(timeout.toMillis(), TimeUnit.MILLISECONDS));
    if (piece == null) {
      throw new HttpTimeoutException(
          "the server has been silent for " + timeout.toSeconds() + " s");
    }
    return piece;
  }
}
