package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Lends conversations with a target's server, each to one borrower at a time. They go over a few
 * connections, since one is bound to one processor at either end, and servers limit both.
 */
final class SftpSessions implements AutoCloseable {

  private static final int CONNECTIONS = 4;
  private static final int SESSIONS_PER_CONNECTION = 8;
  private static final int IDLE_SESSIONS = 8;

  private final SftpTarget target;
  private final SshConnector connector;
  private final List<SshConnection> connections = new ArrayList<>();
  private final Deque<SftpSession> idle = new ArrayDeque<>();
  private int connecting;
  private boolean wasConnected;
  private boolean closed;

  SftpSessions(SftpTarget target) {
    this.target = target;
    this.connector = new SshConnector(target);
  }

  /**
   * A conversation, over a new connection if need be. A server that was there and is gone is waited
   * for, once; one that was never there is not, for long.
   *
   * @throws StorageFailure when the server cannot be reached or does not let us in
   */
  SftpSession lend() {
    Backoff backoff = new Backoff(wasConnected() ? target.timeout().toMillis() : 1000);
    while (true) {
      try {
        return tryToLend();
      } catch (LostException e) {
        if (e.isInterrupted()) {
          throw unreachable(e);
        }
        if (!backoff.pause()) {
          giveUp();
          throw unreachable(e);
        }
      }
    }
  }

  /**
   * What follows is mostly cleaning up: a server that is gone is not waited for again and again.
   */
  private synchronized void giveUp() {
    wasConnected = false;
  }

  /** Takes a conversation back that went well. */
  void giveBack(SftpSession session) {
    synchronized (this) {
      if (!closed && session.connection().isAlive() && idle.size() < IDLE_SESSIONS) {
        idle.push(session);
        return;
      }
    }
    end(session, false);
  }

  /** Takes a conversation back that nobody can go on with. */
  void discard(SftpSession session, LostException why) {
    // Of an interrupted thread only its own conversation is spoilt; else the connection is.
    end(session, !why.isInterrupted());
  }

  StorageFailure unreachable(LostException e) {
    String server = target.server().pinnedName();
    if (e.isInterrupted()) {
      return new StorageFailure(
          FailureKind.STORAGE, "Interrupted while waiting for " + server, "", e);
    }
    return new StorageFailure(
        FailureKind.STORAGE_UNREACHABLE,
        "Cannot reach target " + target.name() + " at " + server + ": " + e.getMessage(),
        "Is the server up, and does a firewall let this host in? Try: sftp -P "
            + target.server().port()
            + " "
            + target.server().user()
            + "@"
            + target.server().host(),
        e);
  }

  @Override
  public void close() {
    List<SshConnection> ended;
    synchronized (this) {
      closed = true;
      idle.forEach(SftpSession::abandon);
      idle.clear();
      ended = List.copyOf(connections);
      connections.clear();
    }
    ended.forEach(SshConnection::close);
  }

  private synchronized boolean wasConnected() {
    return wasConnected;
  }

  private SftpSession tryToLend() throws LostException {
    Optional<SftpSession> waiting = takeIdle();
    if (waiting.isPresent()) {
      return waiting.get();
    }
    Optional<SshConnection> shared = takeShare();
    if (shared.isPresent()) {
      try {
        return openOn(shared.get());
      } catch (SshConnection.NoMoreSessionsException full) {
        leave(shared.get(), false);
      }
    }
    SshConnection connection = connect();
    try {
      return openOn(connection);
    } catch (SshConnection.NoMoreSessionsException e) {
      leave(connection, true);
      throw new StorageFailure(
          FailureKind.STORAGE,
          target.server().pinnedName() + " opens no session for user " + target.server().user(),
          "See what its log says (MaxSessions).",
          e);
    }
  }

  private synchronized Optional<SftpSession> takeIdle() {
    while (!idle.isEmpty()) {
      SftpSession session = idle.pop();
      if (session.connection().isAlive()) {
        return Optional.of(session);
      }
      end(session, true);
    }
    return Optional.empty();
  }

  /** A place on a connection, once there are as many as there may be. */
  private synchronized Optional<SshConnection> takeShare() {
    connections.removeIf(connection -> !connection.isAlive());
    if (connections.size() + connecting < CONNECTIONS) {
      return Optional.empty();
    }
    Optional<SshConnection> chosen =
        connections.stream()
            .filter(connection -> connection.sessions().get() < SESSIONS_PER_CONNECTION)
            .min(Comparator.comparingInt(connection -> connection.sessions().get()));
    chosen.ifPresent(connection -> connection.sessions().incrementAndGet());
    return chosen;
  }

  private SshConnection connect() throws LostException {
    synchronized (this) {
      connecting++;
    }
    try {
      SshConnection connection = connector.connect();
      connection.sessions().incrementAndGet();
      register(connection);
      return connection;
    } finally {
      synchronized (this) {
        connecting--;
      }
    }
  }

  private void register(SshConnection connection) {
    synchronized (this) {
      if (!closed) {
        connections.add(connection);
        wasConnected = true;
        return;
      }
    }
    connection.close();
    throw new IllegalStateException("the store is closed");
  }

  private SftpSession openOn(SshConnection connection)
      throws LostException, SshConnection.NoMoreSessionsException {
    try {
      return connection.openSession();
    } catch (LostException e) {
      leave(connection, true);
      throw e;
    } catch (SshConnection.SftpRefusedException e) {
      leave(connection, true);
      throw new StorageFailure(
          FailureKind.STORAGE,
          target.server().pinnedName()
              + " does not speak SFTP with user "
              + target.server().user()
              + ": "
              + e.getMessage(),
          "Give it the subsystem (Subsystem sftp internal-sftp), and the user no start-up output.",
          e);
    }
  }

  private void end(SftpSession session, boolean withConnection) {
    if (withConnection) {
      session.kill();
    } else {
      session.abandon();
    }
    leave(session.connection(), withConnection);
  }

  private void leave(SshConnection connection, boolean kill) {
    boolean last = connection.sessions().decrementAndGet() == 0;
    if (kill) {
      connection.kill();
    }
    synchronized (this) {
      if (kill || last) {
        connections.remove(connection);
      }
    }
    if (last && !kill) {
      connection.close();
    }
  }
}
