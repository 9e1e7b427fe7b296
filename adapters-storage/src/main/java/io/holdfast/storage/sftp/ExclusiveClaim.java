package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Lets one writer at a time look whether a name is free and rename onto it, on servers without hard
 * links, whose rename may replace. The claim is a file that only one can create. One whose writer
 * died is taken away when it is old, by the server's own clock.
 */
final class ExclusiveClaim {

  private static final String SUFFIX = ".claim";

  /** A claim is held for a few round trips; a connection that is lost with it, for a timeout. */
  private static final long STALE_SECONDS = 600;

  private static final long WAIT_MILLIS = 50;
  private static final int WAITS = 400;

  private final RemoteTree tree;
  private final SftpCalls calls;
  private final SftpFailures failures;

  ExclusiveClaim(RemoteTree tree, SftpCalls calls, SftpFailures failures) {
    this.tree = tree;
    this.calls = calls;
    this.failures = failures;
  }

  /** Does something while no other writer does the same with a name. */
  void whileHeld(RemotePath name, SftpCalls.Action action) throws StatusException, LostException {
    RemotePath claim = tree.temporary().resolve(hashOf(name) + SUFFIX);
    take(claim, name);
    try {
      calls.once(
          session -> {
            action.over(session);
            return true;
          });
    } finally {
      release(claim);
    }
  }

  private void take(RemotePath claim, RemotePath name) throws StatusException, LostException {
    for (int waits = 0; waits < WAITS; waits++) {
      if (calls.repeatable(session -> tryToTake(session, claim))) {
        return;
      }
      if (waits % 20 == 0) {
        calls.repeat(session -> removeIfStale(session, claim));
      }
      if (!Patience.pause(WAIT_MILLIS)) {
        throw LostException.interrupted(new InterruptedException());
      }
    }
    throw new StorageFailure(
        FailureKind.STORAGE_UNREACHABLE,
        "Another writer is about to write " + failures.shown(name) + " and does not end",
        "Wait ten minutes and try again; a claim of a dead one is taken away then.");
  }

  private boolean tryToTake(SftpSession session, RemotePath claim)
      throws StatusException, LostException {
    try {
      session.close(session.createNew(claim)).done();
      return true;
    } catch (StatusException e) {
      if (e.isNotFound()) {
        tree.make(session, tree.temporary());
        return false;
      }
      try {
        session.entry(claim);
        return false;
      } catch (StatusException gone) {
        if (gone.isNotFound() && !e.isDenied() && !e.isFull()) {
          return false;
        }
        throw e;
      }
    }
  }

  private void removeIfStale(SftpSession session, RemotePath claim)
      throws StatusException, LostException {
    String name = Long.toHexString(ThreadLocalRandom.current().nextLong());
    RemotePath clock = tree.temporary().resolve(name);
    try {
      session.close(session.createNew(clock)).done();
      long age = session.entry(clock).modified() - session.entry(claim).modified();
      if (age > STALE_SECONDS) {
        session.remove(claim);
      }
    } catch (StatusException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    } finally {
      removeQuietly(session, clock);
    }
  }

  private static void removeQuietly(SftpSession session, RemotePath file) throws LostException {
    try {
      session.remove(file);
    } catch (StatusException goneAlready) {
      return;
    }
  }

  private void release(RemotePath claim) throws StatusException {
    try {
      calls.repeat(session -> session.remove(claim));
    } catch (StatusException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private static String hashOf(RemotePath name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(name.raw().getBytes(StandardCharsets.ISO_8859_1));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
