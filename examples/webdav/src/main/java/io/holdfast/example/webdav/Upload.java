package io.holdfast.example.webdav;

import io.holdfast.application.port.failure.StorageFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes a blob's bytes and brings them to a temporary name in the workshop: a small blob whole, at
 * its commit; a larger one as it comes. Whatever fails, everything fails with it from then on.
 */
final class Upload extends OutputStream {

  private static final int SMALL = 256 * 1024;
  private static final int PIECE = 64 * 1024;

  /** A server may have to copy a large file before it answers. */
  private static final int PATIENCE_AT_THE_END = 10;

  private final Workshop workshop;
  private final String nonce;
  private final String what;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private @Nullable Handover sent;
  private @Nullable CompletableFuture<HttpResponse<Void>> answer;
  private @Nullable StorageFailure failure;
  private long bytes;
  private boolean closed;
  private boolean atServer;

  Upload(Workshop workshop, String nonce, String what) {
    this.workshop = workshop;
    this.nonce = nonce;
    this.what = what;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, from.length);
    throwFailure();
    if (closed) {
      throw new IOException("The body is closed: cannot " + what);
    }
    bytes += length;
    held.write(from, offset, length);
    if (held.size() > SMALL || (sent != null && held.size() >= PIECE)) {
      sendHeld();
    }
  }

  /** Takes no more bytes. */
  @Override
  public void close() {
    closed = true;
    throwFailure();
  }

  /** How many bytes were written. */
  long bytes() {
    return bytes;
  }

  /** True when it could be sent once more. */
  boolean isHeld() {
    return sent == null;
  }

  /** Brings to the server what is not there yet. */
  void finish() {
    close();
    if (sent == null) {
      workshop.putSmall(what, Workshop.upload(nonce), held.toByteArray());
      atServer = true;
      return;
    }
    try {
      sendHeld();
      end();
    } catch (IOException e) {
      throw fail(workshop.failures().of(what, e));
    }
  }

  /**
   * Takes away what is at the server. The request is brought to its end before: of one that is cut
   * off a server may keep a part, under a name of its own.
   */
  void abandon() {
    closed = true;
    held.reset();
    if (sent == null && !atServer) {
      return;
    }
    if (sent != null && !atServer) {
      try {
        end();
      } catch (IOException | StorageFailure refused) {
        Objects.requireNonNull(answer).cancel(true);
      }
    }
    workshop.remove(Workshop.upload(nonce));
    atServer = false;
    sent = null;
  }

  private void sendHeld() throws IOException {
    byte[] all = held.toByteArray();
    held.reset();
    Handover handover = sent == null ? begin() : sent;
    for (int at = 0; at < all.length; at += PIECE) {
      Watch watch = new Watch();
      if (!handover.put(all, at, Math.min(PIECE, all.length - at), watch::goOn)) {
        throw fail(watch.why());
      }
    }
  }

  private Handover begin() {
    workshop.make();
    Handover begun = new Handover();
    sent = begun;
    answer = workshop.upload(Workshop.upload(nonce), begun);
    return begun;
  }

  private void end() throws IOException {
    if (atServer) {
      return;
    }
    Watch watch = new Watch();
    if (!Objects.requireNonNull(sent).end(watch::goOn)) {
      throw fail(watch.why());
    }
    Duration longer = workshop.timeout().multipliedBy(PATIENCE_AT_THE_END);
    int status = DavClient.await(Objects.requireNonNull(answer), longer).statusCode();
    atServer = true;
    if (status / 100 != 2) {
      throw fail(workshop.failures().of(what, status));
    }
  }

  private StorageFailure fail(StorageFailure because) {
    if (failure == null) {
      failure = because;
    }
    return failure;
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  /** Looks, while a piece waits, whether there is anything to wait for. */
  private final class Watch {

    private final long began = System.nanoTime();

    boolean goOn() {
      return !Objects.requireNonNull(answer).isDone()
          && System.nanoTime() - began < workshop.timeout().toNanos();
    }

    StorageFailure why() {
      CompletableFuture<HttpResponse<Void>> given = Objects.requireNonNull(answer);
      try {
        // At once when it is there; else the server has not taken a byte for as long as it may.
        int status = DavClient.await(given, Duration.ofMillis(1)).statusCode();
        return workshop.failures().of(what, status);
      } catch (IOException e) {
        return workshop.failures().of(what, e);
      }
    }
  }
}
