package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobVisitor;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps each blob as a file below a folder of an SSH server, a key's segments being its folders.
 * Reading never makes or changes anything there. Connects when it is first used.
 */
final class SftpBlobStore implements BlobStore {

  private final SftpTarget target;
  private final SftpSessions sessions;
  private final SftpCalls calls;
  private final SftpFailures failures;
  private final RemoteTree tree;
  private final RemotePublisher publisher;

  SftpBlobStore(SftpTarget target) {
    this.target = target;
    this.sessions = new SftpSessions(target);
    this.calls = new SftpCalls(sessions, target.timeout().toMillis());
    this.failures = new SftpFailures(target, calls);
    this.tree = new RemoteTree(target.root(), failures);
    this.publisher = new RemotePublisher(tree, calls, failures);
  }

  @Override
  public BlobWriter create(BlobKey key) {
    RemotePath file = tree.fileOf(key);
    if (RemoteTree.isReserved(key.value())) {
      throw new StorageFailure(
          FailureKind.STORAGE,
          "Temporary files are kept under " + failures.shown(file),
          "Choose another key.");
    }
    RemoteTemporaryFile.Opened opened = RemoteTemporaryFile.create(tree, calls, failures);
    Upload upload = new Upload(sessions, failures, opened.file().path(), opened.handle());
    return new SftpBlobWriter(file, opened.file(), publisher, upload, failures.shown(file));
  }

  @Override
  public InputStream open(BlobKey key) {
    RemotePath file = tree.fileOf(key);
    Backoff backoff = new Backoff(target.timeout().toMillis());
    while (true) {
      SftpSession session = sessions.lend();
      try {
        RemoteEntry found = require(key, find(session, key));
        SftpSession.Handle handle = session.openForReading(file);
        return new SftpBlobStream(sessions, failures, file, found.bytes(), handle);
      } catch (StatusException e) {
        sessions.giveBack(session);
        throw e.isNotFound() ? notFound(key) : failures.of("read", file, e);
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

  @Override
  public BlobInfo stat(BlobKey key) {
    try {
      RemoteEntry found = require(key, calls.repeatable(session -> find(session, key)));
      return new BlobInfo(key, found.bytes(), found.modifiedAt());
    } catch (StatusException e) {
      throw failures.of("read", tree.fileOf(key), e);
    }
  }

  @Override
  public void list(String prefix, BlobVisitor visitor) {
    new RemoteListing(tree, calls, failures, visitor).of(prefix);
  }

  @Override
  public void delete(BlobKey key) {
    RemotePath file = tree.fileOf(key);
    try {
      if (calls.repeatable(session -> find(session, key)).isEmpty()) {
        return;
      }
      publisher.removeIfThere(file);
      calls.repeat(
          session -> {
            tree.pruneUpwards(session, file);
            // Durable before the next deletion: a set's checksums go first, also across a power
            // cut.
            RemotePublisher.syncFolders(session, tree.upToRoot(file.parent()));
          });
    } catch (StatusException e) {
      throw failures.of("delete", file, e);
    }
  }

  @Override
  public void clearAbandoned() {
    RemotePath temporary = tree.temporary();
    try {
      calls.repeat(this::clearOver);
    } catch (StatusException e) {
      if (!e.isNotFound()) {
        throw failures.of("clear", temporary, e);
      }
    }
  }

  /** A commit gives a name to a temporary file, which is gone by then. */
  @Override
  public boolean clearingStopsWriters() {
    return true;
  }

  @Override
  public Optional<Path> localFile(BlobKey key) {
    return Optional.empty();
  }

  @Override
  public OptionalLong freeBytes() {
    try {
      return calls
          .repeatable(session -> SftpFailures.spaceAbove(session, tree.root()))
          .map(Space::free)
          .orElse(OptionalLong.empty());
    } catch (StatusException unknown) {
      return OptionalLong.empty();
    }
  }

  @Override
  public List<String> features() {
    try {
      return calls.repeatable(
          session ->
              List.of(
                  session.connection().cipher(),
                  session.offers(Extension.FSYNC)
                      ? "fsync"
                      : "no fsync: the server decides when bytes are on its disk",
                  session.offers(Extension.HARDLINK)
                      ? "hard links"
                      : "no hard links: publishes by claim and rename",
                  session.offers(Extension.STATVFS)
                      ? "tells its free space"
                      : "does not tell its free space"));
    } catch (StatusException e) {
      throw failures.of("read", tree.root(), e);
    }
  }

  @Override
  public String location() {
    return target.location();
  }

  @Override
  public void close() {
    sessions.close();
  }

  @Override
  public String toString() {
    return "SftpBlobStore[" + location() + "]";
  }

  private void clearOver(SftpSession session) throws StatusException, LostException {
    RemotePath temporary = tree.temporary();
    tree.refuseLinks(session, temporary);
    for (SftpSession.Name leftover : session.names(temporary)) {
      if (!leftover.entry().isFolder()) {
        try {
          session.remove(temporary.resolve(leftover.raw()));
        } catch (StatusException e) {
          if (!e.isNotFound()) {
            throw e;
          }
        }
      }
    }
    tree.pruneUpwards(session, temporary.resolve("none"));
  }

  private Optional<RemoteEntry> find(SftpSession session, BlobKey key)
      throws StatusException, LostException {
    if (RemoteTree.isReserved(key.value())) {
      return Optional.empty();
    }
    return tree.find(session, tree.fileOf(key)).filter(RemoteEntry::isFile);
  }

  private RemoteEntry require(BlobKey key, Optional<RemoteEntry> found) {
    return found.orElseThrow(() -> notFound(key));
  }

  private StorageFailure notFound(BlobKey key) {
    return new StorageFailure(
        FailureKind.NOT_FOUND, "There is no " + key + " in " + location(), "");
  }
}
