package io.holdfast.launcher.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A network between Holdfast and a server: it can fall silent, and it counts what passes. */
final class Wire implements AutoCloseable {

  private final ServerSocket entrance;
  private final int serverPort;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Object silence = new Object();
  private boolean silent;

  Wire(int serverPort) {
    this.serverPort = serverPort;
    try {
      entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon("wire-entrance", this::welcome);
  }

  int port() {
    return entrance.getLocalPort();
  }

  /** Returns once so many more bytes have passed towards the server. */
  void awaitSent(long bytes, Running run) {
    await(sent, bytes, run);
  }

  /** Returns once so many more bytes have come from the server. */
  void awaitReceived(long bytes, Running run) {
    await(received, bytes, run);
  }

  long sent() {
    return sent.get();
  }

  long received() {
    return received.get();
  }

  private static void await(AtomicLong counter, long bytes, Running run) {
    long until = counter.get() + bytes;
    while (counter.get() < until) {
      if (!run.isAlive()) {
        throw new AssertionError("ended too early: " + run.await().told());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** From now on nothing passes, and nobody is told. */
  void fallSilent() {
    synchronized (silence) {
      silent = true;
    }
  }

  /** What was held back passes, and all that follows. */
  void comeBack() {
    synchronized (silence) {
      silent = false;
      silence.notifyAll();
    }
  }

  /** Ends every connection; new ones are taken. */
  void cut() {
    open.forEach(Wire::end);
  }

  private void welcome() {
    try {
      while (true) {
        Socket inside = entrance.accept();
        open.add(inside);
        daemon("wire-connect", () -> connect(inside));
      }
    } catch (IOException closed) {
      // The wire was taken away.
    }
  }

  private void connect(Socket inside) {
    try {
      Socket outside = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      open.add(outside);
      daemon("wire-out", () -> pass(inside, outside, sent));
      pass(outside, inside, received);
    } catch (IOException refused) {
      end(inside);
    }
  }

  private void pass(Socket from, Socket to, AtomicLong counter) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int read = in.read(buffer);
      while (read >= 0) {
        awaitSound();
        out.write(buffer, 0, read);
        counter.addAndGet(read);
        read = in.read(buffer);
      }
    } catch (IOException cut) {
      // Both ends learn of it below.
    } finally {
      end(from);
      end(to);
    }
  }

  private void awaitSound() throws IOException {
    synchronized (silence) {
      while (silent) {
        try {
          silence.wait();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    comeBack();
    try {
      entrance.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
