package io.holdfast.storage.sftp;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.sftp.SFTPEngine;

/** A connection to a target's server, through the servers before it. */
final class SshConnection {

  private static final long FAREWELL_SECONDS = 2;

  private final List<SSHClient> clients;
  private final Socket socket;
  private final String cipher;
  private final long timeoutNanos;
  private final AtomicInteger sessions = new AtomicInteger();

  /**
   * A connection.
   *
   * @param clients one for each hop, the last logged in at the target's server
   * @param socket to the first hop
   * @param cipher that was agreed on with the last
   */
  SshConnection(List<SSHClient> clients, Socket socket, String cipher, long timeoutNanos) {
    this.clients = List.copyOf(clients);
    this.socket = socket;
    this.cipher = cipher;
    this.timeoutNanos = timeoutNanos;
  }

  String cipher() {
    return cipher;
  }

  boolean isAlive() {
    return last().isConnected() && last().isAuthenticated();
  }

  /** How many conversations go through it. */
  AtomicInteger sessions() {
    return sessions;
  }

  /**
   * Begins another conversation.
   *
   * @throws NoMoreSessionsException when the server allows no more on this connection
   * @throws SftpRefusedException when the server does not speak SFTP
   */
  SftpSession openSession() throws LostException, NoMoreSessionsException, SftpRefusedException {
    FutureTask<SFTPEngine> opening = new FutureTask<>(() -> begin(last()));
    SshThreads.named("sftp-open").newThread(opening).start();
    try {
      SFTPEngine engine =
          Patience.await(nanos -> opening.get(nanos, TimeUnit.NANOSECONDS), timeoutNanos);
      return new SftpSession(this, engine, timeoutNanos);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OpenFailException) {
        throw new NoMoreSessionsException(e);
      }
      if (isAlive() && e.getCause() instanceof SSHException) {
        throw new SftpRefusedException(e.getCause());
      }
      throw LostException.because(e);
    } catch (LostException e) {
      kill();
      throw e;
    }
  }

  /** Takes leave of the server, shortly. */
  void close() {
    FutureTask<Void> leaving = new FutureTask<>(this::leave);
    SshThreads.named("sftp-close").newThread(leaving).start();
    try {
      Patience.await(
          nanos -> leaving.get(nanos, TimeUnit.NANOSECONDS),
          TimeUnit.SECONDS.toNanos(FAREWELL_SECONDS));
    } catch (ExecutionException | LostException goneAlready) {
      return;
    } finally {
      kill();
    }
  }

  /** Ends it at once, also when a thread is stuck in writing to it. */
  void kill() {
    NoDelaySockets.close(socket);
  }

  /** The server opens no further channel on this connection. */
  static final class NoMoreSessionsException extends Exception {
    private static final long serialVersionUID = 1L;

    NoMoreSessionsException(Throwable cause) {
      super(cause);
    }
  }

  /** The server has no SFTP. */
  static final class SftpRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    SftpRefusedException(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }

  private SSHClient last() {
    return clients.get(clients.size() - 1);
  }

  private Void leave() throws IOException {
    for (int i = clients.size() - 1; i >= 0; i--) {
      clients.get(i).disconnect();
    }
    return null;
  }

  private static SFTPEngine begin(SSHClient client) throws IOException {
    SFTPEngine engine = new SFTPEngine(client);
    try {
      return engine.init();
    } catch (IOException e) {
      try (engine) {
        throw e;
      }
    }
  }
}
