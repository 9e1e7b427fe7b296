package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.StorageFailure;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Connects to servers, within a time. Works in a thread of its own, because not every wait inside
 * of that has an end or can be interrupted; closing the socket ends them all.
 */
final class SshConnector {

  /** Something done over a socket. */
  @FunctionalInterface
  private interface Work<T> {
    T over(Socket socket) throws IOException;
  }

  private final SftpTarget target;
  private final List<Hop> hops;

  SshConnector(SftpTarget target) {
    this(target, target.hops());
  }

  /** Connects to the last of these. */
  SshConnector(SftpTarget target, List<Hop> hops) {
    this.target = target;
    this.hops = List.copyOf(hops);
  }

  /**
   * A connection that is logged in.
   *
   * @throws StorageFailure when trying again cannot help
   */
  SshConnection connect() throws LostException {
    return inTime(socket -> new SshLogin(target, socket).atEach(hops));
  }

  /** The key that the last server shows; nobody logs in there. */
  ServerPublicKey shownKey() throws LostException {
    return inTime(
        socket -> {
          try (socket) {
            return new SshLogin(target, socket).keyOfLast(hops);
          }
        });
  }

  private <T> T inTime(Work<T> work) throws LostException {
    Socket socket = NoDelaySockets.newSocket();
    FutureTask<T> task = new FutureTask<>(() -> work.over(socket));
    SshThreads.named("sftp-connect").newThread(task).start();
    boolean done = false;
    try {
      long nanos = target.timeout().toNanos() * 2 * hops.size();
      T result = Patience.await(left -> task.get(left, TimeUnit.NANOSECONDS), nanos);
      done = true;
      return result;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StorageFailure failure) {
        throw failure;
      }
      throw LostException.because(e);
    } finally {
      if (!done) {
        NoDelaySockets.close(socket);
      }
    }
  }
}
