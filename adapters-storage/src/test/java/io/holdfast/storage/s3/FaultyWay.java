package io.holdfast.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** The way to a server, over which connections break, fall silent, or lose an answer. */
final class FaultyWay implements AutoCloseable {

  private static final long NEVER = Long.MAX_VALUE;

  private final ServerSocket entry;
  private final int server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong cutUpAfter = new AtomicLong(NEVER);
  private final AtomicLong cutDownAfter = new AtomicLong(NEVER);
  private final AtomicReference<String> loseAnswerTo = new AtomicReference<>("");
  private final AtomicLong silentUntil = new AtomicLong(System.nanoTime());
  private final AtomicInteger faults = new AtomicInteger();

  FaultyWay(int server) throws IOException {
    this.server = server;
    this.entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + entry.getLocalPort());
  }

  /** Breaks one connection that has brought so many bytes to the server. */
  void cutUpAfter(long bytes) {
    cutUpAfter.set(bytes);
  }

  /** Breaks one connection that has brought so many bytes from the server. */
  void cutDownAfter(long bytes) {
    cutDownAfter.set(bytes);
  }

  /** Breaks one connection when the server answers the request that holds a text. */
  void loseAnswerTo(String text) {
    loseAnswerTo.set(text);
  }

  /** Lets nothing through for a while, on connections that stay. */
  void fallSilent(long nanos) {
    silentUntil.set(System.nanoTime() + nanos);
  }

  /** How many faults there have been. */
  int faults() {
    return faults.get();
  }

  @Override
  public void close() throws IOException {
    entry.close();
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = entry.accept();
        Socket onward = new Socket(InetAddress.getLoopbackAddress(), server);
        AtomicReference<String> asked = new AtomicReference<>("");
        threads.execute(() -> pump(client, onward, cutUpAfter, asked, true));
        threads.execute(() -> pump(onward, client, cutDownAfter, asked, false));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void pump(
      Socket from, Socket to, AtomicLong cutAfter, AtomicReference<String> asked, boolean up) {
    byte[] buffer = new byte[16 * 1024];
    long passed = 0;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        long silence = silentUntil.get() - System.nanoTime();
        if (silence > 0) {
          faults.incrementAndGet();
          LockSupport.parkNanos(silence);
        }
        passed += got;
        long limit = cutAfter.get();
        if (passed > limit && cutAfter.compareAndSet(limit, NEVER)) {
          faults.incrementAndGet();
          return;
        }
        String text = new String(buffer, 0, got, StandardCharsets.ISO_8859_1);
        if (up) {
          asked.set(text);
        } else if (isToBeLost(Objects.requireNonNull(asked.get()))) {
          return;
        }
        out.write(buffer, 0, got);
      }
    } catch (IOException gone) {
      return;
    }
  }

  private boolean isToBeLost(String asked) {
    String text = Objects.requireNonNull(loseAnswerTo.get());
    boolean lost = !text.isEmpty() && asked.contains(text) && loseAnswerTo.compareAndSet(text, "");
    if (lost) {
      faults.incrementAndGet();
    }
    return lost;
  }
}
