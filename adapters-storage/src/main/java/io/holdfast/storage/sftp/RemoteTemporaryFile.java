package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.StorageFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A file on the server that is being written and nobody sees. */
final class RemoteTemporaryFile {

  private final RemotePath path;
  private final List<RemotePath> madeFolders;
  private final SftpCalls calls;
  private final SftpFailures failures;

  private RemoteTemporaryFile(
      RemotePath path, List<RemotePath> madeFolders, SftpCalls calls, SftpFailures failures) {
    this.path = path;
    this.madeFolders = List.copyOf(madeFolders);
    this.calls = calls;
    this.failures = failures;
  }

  /** One that is open, and the conversation that it is open in. */
  record Opened(RemoteTemporaryFile file, SftpSession.Handle handle) {}

  /** Makes an empty one, and the folders that it needs. The handle's session is the caller's. */
  static Opened create(RemoteTree tree, SftpCalls calls, SftpFailures failures) {
    String name = Long.toHexString(ThreadLocalRandom.current().nextLong());
    RemotePath path = tree.temporary().resolve(name);
    SftpSessions sessions = calls.sessions();
    Backoff backoff = new Backoff(calls.patienceMillis());
    List<RemotePath> made = new ArrayList<>();
    for (int attempt = 1; ; attempt++) {
      SftpSession session = sessions.lend();
      try {
        SftpSession.Handle handle = createOver(session, tree, path, made);
        Collections.reverse(made);
        return new Opened(new RemoteTemporaryFile(path, made, calls, failures), handle);
      } catch (StatusException e) {
        sessions.giveBack(session);
        if (!e.isNotFound() || attempt == RemotePublisher.ATTEMPTS) {
          throw failures.of("write", tree.temporary(), e);
        }
        // Another writer removed the empty folder.
      } catch (StorageFailure e) {
        sessions.giveBack(session);
        throw e;
      } catch (LostException e) {
        sessions.discard(session, e);
        if (e.isInterrupted() || !backoff.pause()) {
          throw sessions.unreachable(e);
        }
      }
    }
  }

  private static SftpSession.Handle createOver(
      SftpSession session, RemoteTree tree, RemotePath path, List<RemotePath> made)
      throws StatusException, LostException {
    tree.refuseLinks(session, tree.temporary());
    try {
      return session.createNew(path);
    } catch (StatusException e) {
      if (e.isNotFound()) {
        made.addAll(tree.make(session, tree.temporary()));
        return session.createNew(path);
      }
      if (isOurs(session, path)) {
        return session.openForWriting(path);
      }
      throw e;
    }
  }

  /**
   * No other writer has the name: it was made over a connection that was lost before it was told.
   */
  private static boolean isOurs(SftpSession session, RemotePath path) throws LostException {
    try {
      return session.entry(path).bytes() == 0;
    } catch (StatusException notThere) {
      return false;
    }
  }

  RemotePath path() {
    return path;
  }

  /** Removes it, and the folders that were made for it where nothing else is in them. */
  void abandon() {
    try {
      calls.repeat(this::removeOver);
    } catch (StatusException e) {
      throw failures.of("clean up after", path, e);
    }
  }

  private void removeOver(SftpSession session) throws StatusException, LostException {
    try {
      session.remove(path);
    } catch (StatusException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
    RemotePath folder = path.parent();
    removeIfEmpty(session, folder);
    removeIfEmpty(session, folder.parent());
    for (RemotePath made : madeFolders) {
      removeIfEmpty(session, made);
    }
  }

  private static void removeIfEmpty(SftpSession session, RemotePath folder) throws LostException {
    try {
      session.removeFolder(folder);
    } catch (StatusException inUseOrGone) {
      return;
    }
  }
}
