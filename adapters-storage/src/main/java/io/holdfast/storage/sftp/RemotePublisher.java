package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives a finished temporary file its name, at once and never over another file. A hard link does
 * that: unlike a rename, which some servers let replace, it cannot. Where a server or its file
 * system knows none, a rename under an {@link ExclusiveClaim} does. What a lost connection leaves
 * in doubt is looked at over the next one.
 */
final class RemotePublisher {

  /** So many times a folder may be pruned under our hands before something else is wrong. */
  static final int ATTEMPTS = 1000;

  private final RemoteTree tree;
  private final SftpCalls calls;
  private final SftpFailures failures;
  private final ExclusiveClaim claim;

  RemotePublisher(RemoteTree tree, SftpCalls calls, SftpFailures failures) {
    this.tree = tree;
    this.calls = calls;
    this.failures = failures;
    this.claim = new ExclusiveClaim(tree, calls, failures);
  }

  /** Publishes; on any failure nothing is published, as far as the server can be reached. */
  void publish(RemotePath temporary, RemotePath target) {
    try {
      give(temporary, target);
    } catch (StatusException e) {
      throw prunedAfter(failures.of("write", target, e), target);
    } catch (StorageFailure e) {
      throw prunedAfter(e, target);
    }
    try {
      calls.repeat(session -> syncFolders(session, tree.upToRoot(target.parent())));
      removeIfThere(temporary);
    } catch (StatusException e) {
      throw withdrawn(failures.of("write", target, e), target);
    }
  }

  /** Removes a file that need not be there. */
  void removeIfThere(RemotePath file) throws StatusException {
    try {
      calls.repeat(session -> session.remove(file));
    } catch (StatusException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  /** Makes names in folders durable, where the server can: OpenSSH's syncs a folder as a file. */
  static void syncFolders(SftpSession session, List<RemotePath> folders) throws LostException {
    if (!session.offers(Extension.FSYNC)) {
      return;
    }
    for (RemotePath folder : folders) {
      try {
        SftpSession.Handle handle = session.openForReading(folder);
        Answer synced = session.sync(handle);
        Answer closed = session.close(handle);
        synced.done();
        closed.done();
      } catch (StatusException notThisServer) {
        // It opens no folders, or this one was pruned meanwhile; there is no other way to ask.
      }
    }
  }

  private void give(RemotePath temporary, RemotePath target) throws StatusException {
    boolean inDoubt = false;
    Backoff backoff = new Backoff(calls.patienceMillis());
    for (int attempt = 1; ; attempt++) {
      try {
        calls.repeatable(session -> tree.make(session, target.parent()));
        if (!calls.once(session -> link(session, temporary, target))) {
          rename(temporary, target, inDoubt);
        }
        return;
      } catch (StatusException e) {
        if (!e.isNotFound() || attempt == ATTEMPTS) {
          throw e;
        }
        if (!isThere(temporary)) {
          if (inDoubt && isThere(target)) {
            return;
          }
          throw e;
        }
        // A deletion beside us pruned a folder while it was empty.
      } catch (AlreadyThereException taken) {
        if (inDoubt && isSameFile(temporary, target)) {
          return;
        }
        throw new StorageFailure(
            FailureKind.ALREADY_EXISTS, failures.shown(target) + " is there already", "", taken);
      } catch (LostException e) {
        inDoubt = true;
        if (e.isInterrupted() || !backoff.pause()) {
          throw inDoubt(target, e);
        }
      }
    }
  }

  /**
   * Links; false when the server or its file system cannot.
   *
   * @throws AlreadyThereException when the name is taken
   */
  private static boolean link(SftpSession session, RemotePath temporary, RemotePath target)
      throws StatusException, LostException {
    if (!session.offers(Extension.HARDLINK)) {
      return false;
    }
    try {
      session.link(temporary, target);
      return true;
    } catch (StatusException e) {
      if (e.isNotFound()) {
        throw e;
      }
      // Version 3 has no word for a name that is taken.
      requireFree(session, target);
      return false;
    }
  }

  private void rename(RemotePath temporary, RemotePath target, boolean inDoubt)
      throws StatusException, LostException {
    if (inDoubt && !isThere(temporary) && isThere(target)) {
      return;
    }
    claim.whileHeld(
        target,
        session -> {
          requireFree(session, target);
          session.rename(temporary, target);
        });
  }

  /** Fails when something has a name already. */
  static void requireFree(SftpSession session, RemotePath name)
      throws StatusException, LostException {
    try {
      session.entry(name);
    } catch (StatusException e) {
      if (e.isNotFound()) {
        return;
      }
      throw e;
    }
    throw new AlreadyThereException();
  }

  private boolean isThere(RemotePath path) throws StatusException {
    try {
      calls.repeatable(session -> session.entry(path));
      return true;
    } catch (StatusException e) {
      if (e.isNotFound()) {
        return false;
      }
      throw e;
    }
  }

  /**
   * True when two names are of one file: what is done to the times of one is then seen on the
   * other. Both get their true times back.
   */
  private boolean isSameFile(RemotePath one, RemotePath other) throws StatusException {
    if (!isThere(one)) {
      return false;
    }
    RemoteEntry original = calls.repeatable(session -> session.entry(one));
    long mark = original.modified() - 1 - ThreadLocalRandom.current().nextInt(1 << 24);
    calls.repeat(session -> session.setTimes(one, original.accessed(), mark));
    RemoteEntry seen = calls.repeatable(session -> session.entry(other));
    calls.repeat(session -> session.setTimes(one, original.accessed(), original.modified()));
    return seen.modified() == mark;
  }

  private StorageFailure inDoubt(RemotePath target, LostException e) {
    StorageFailure failure = calls.sessions().unreachable(e);
    return new StorageFailure(
        failure.kind(),
        "Nobody knows whether "
            + failures.shown(target)
            + " was written to its end. "
            + failure.getMessage(),
        failure.hint(),
        e);
  }

  private StorageFailure withdrawn(StorageFailure failure, RemotePath target) {
    try {
      removeIfThere(target);
    } catch (StatusException | StorageFailure alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
    return prunedAfter(failure, target);
  }

  private StorageFailure prunedAfter(StorageFailure failure, RemotePath target) {
    if (failure.kind() == FailureKind.STORAGE_UNREACHABLE) {
      return failure;
    }
    try {
      calls.once(
          session -> {
            tree.pruneUpwards(session, target);
            return true;
          });
    } catch (StatusException | LostException | StorageFailure alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
    return failure;
  }

  /** A name is taken. */
  static final class AlreadyThereException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AlreadyThereException() {
      super("the name is taken");
    }
  }
}
