package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.StorageFailure;

/** Does short things on the server, each over a conversation that is borrowed for it. */
final class SftpCalls {

  /** Something done over a conversation. */
  @FunctionalInterface
  interface Call<T> {
    T over(SftpSession session) throws StatusException, LostException;
  }

  /** Something done over a conversation that has no answer of interest. */
  @FunctionalInterface
  interface Action {
    void over(SftpSession session) throws StatusException, LostException;
  }

  private final SftpSessions sessions;
  private final long patienceMillis;

  SftpCalls(SftpSessions sessions, long patienceMillis) {
    this.sessions = sessions;
    this.patienceMillis = patienceMillis;
  }

  long patienceMillis() {
    return patienceMillis;
  }

  SftpSessions sessions() {
    return sessions;
  }

  /**
   * Does it, and does it again when the connection is lost: for what may be done twice.
   *
   * @throws StorageFailure when the server cannot be reached for long
   */
  <T> T repeatable(Call<T> call) throws StatusException {
    Backoff backoff = new Backoff(patienceMillis);
    while (true) {
      try {
        return once(call);
      } catch (LostException e) {
        if (e.isInterrupted() || !backoff.pause()) {
          throw sessions.unreachable(e);
        }
      }
    }
  }

  void repeat(Action action) throws StatusException {
    repeatable(
        session -> {
          action.over(session);
          return true;
        });
  }

  /**
   * Does it once.
   *
   * @throws LostException when nobody knows whether it was done
   */
  <T> T once(Call<T> call) throws StatusException, LostException {
    SftpSession session = sessions.lend();
    try {
      T result = call.over(session);
      sessions.giveBack(session);
      return result;
    } catch (StatusException | RuntimeException e) {
      sessions.giveBack(session);
      throw e;
    } catch (LostException e) {
      sessions.discard(session, e);
      throw e;
    }
  }
}
