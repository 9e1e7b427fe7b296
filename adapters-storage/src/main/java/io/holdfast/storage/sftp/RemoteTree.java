package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folders below a target's root. Symbolic links above the root are the operator's business;
 * below it none is followed, so that nothing outside is ever read, written or deleted.
 */
final class RemoteTree {

  /** Where blobs are written before they are published. */
  static final String TEMPORARY = ".holdfast/tmp";

  /** Another writer may make and remove a folder between our two looks at it, but not for ever. */
  private static final int TRIES = 5;

  private final RemotePath root;
  private final SftpFailures failures;

  RemoteTree(RemotePath root, SftpFailures failures) {
    this.root = root;
    this.failures = failures;
  }

  RemotePath root() {
    return root;
  }

  RemotePath temporary() {
    return root.resolve(TEMPORARY);
  }

  RemotePath fileOf(BlobKey key) {
    return root.resolve(RemotePath.rawOf(key.value()));
  }

  /** True for keys of temporary files, which are no blobs. */
  static boolean isReserved(String key) {
    return key.equals(TEMPORARY) || key.startsWith(TEMPORARY + "/");
  }

  /** What is at a path below the root, unless a link or a file is on the way to it. */
  Optional<RemoteEntry> find(SftpSession session, RemotePath path)
      throws StatusException, LostException {
    List<Answer> answers = new ArrayList<>();
    for (RemotePath each : wayTo(path)) {
      answers.add(session.askEntry(each));
    }
    for (int i = 0; i < answers.size(); i++) {
      RemoteEntry entry;
      try {
        entry = SftpSession.entryOf(answers.get(i));
      } catch (StatusException e) {
        if (e.isNotFound()) {
          return Optional.empty();
        }
        throw e;
      }
      if (i == answers.size() - 1) {
        return Optional.of(entry);
      }
      if (!entry.isFolder()) {
        return Optional.empty();
      }
    }
    throw new IllegalStateException(path + " is not below " + root);
  }

  /**
   * Makes a folder below the root and those above it that are missing, for the owner alone.
   *
   * @return the ones that were made, the outermost first
   * @throws StatusException not found, when another process removes a folder at this moment
   */
  List<RemotePath> make(SftpSession session, RemotePath folder)
      throws StatusException, LostException {
    List<RemotePath> way = new ArrayList<>(List.of(root));
    if (!folder.equals(root)) {
      way.addAll(wayTo(folder));
    }
    List<Answer> answers = new ArrayList<>();
    for (RemotePath each : way) {
      answers.add(session.askEntry(each));
    }
    List<RemotePath> made = new ArrayList<>();
    for (int i = 0; i < way.size(); i++) {
      try {
        requireFolder(way.get(i), SftpSession.entryOf(answers.get(i)));
      } catch (StatusException e) {
        if (!e.isNotFound()) {
          throw e;
        }
        makeOne(session, way.get(i), made);
      }
    }
    return made;
  }

  /** Fails when a symbolic link would be followed to a folder below the root. */
  void refuseLinks(SftpSession session, RemotePath folder) throws StatusException, LostException {
    if (folder.equals(root)) {
      return;
    }
    List<RemotePath> way = wayTo(folder);
    List<Answer> answers = new ArrayList<>();
    for (RemotePath each : way) {
      answers.add(session.askEntry(each));
    }
    for (int i = 0; i < way.size(); i++) {
      try {
        requireNoLink(way.get(i), SftpSession.entryOf(answers.get(i)));
      } catch (StatusException e) {
        if (e.isNotFound()) {
          return;
        }
        throw e;
      }
    }
  }

  /** Removes the empty folders above a path, but never the root. */
  void pruneUpwards(SftpSession session, RemotePath path) throws LostException {
    RemotePath at = path.parent();
    while (!at.equals(root)) {
      try {
        session.removeFolder(at);
      } catch (StatusException inUseOrGone) {
        if (!inUseOrGone.isNotFound()) {
          return;
        }
      }
      at = at.parent();
    }
  }

  /** The folders from one up to the root, where syncing can begin. */
  List<RemotePath> upToRoot(RemotePath folder) {
    List<RemotePath> folders = new ArrayList<>();
    RemotePath at = folder;
    while (!at.equals(root)) {
      folders.add(at);
      at = at.parent();
    }
    folders.add(root);
    return folders;
  }

  private void makeOne(SftpSession session, RemotePath folder, List<RemotePath> made)
      throws StatusException, LostException {
    for (int tries = 1; ; tries++) {
      try {
        session.makeFolder(folder);
        made.add(folder);
        return;
      } catch (StatusException e) {
        if (e.isNotFound() && isAtOrAboveRoot(folder) && !folder.isTopmost()) {
          makeOne(session, folder.parent(), made);
          makeOne(session, folder, made);
          return;
        }
        if (wasRaced(session, folder, e)) {
          return;
        }
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }

  /**
   * True when another writer was faster, which version 3 does not tell. When the folder is not
   * there either, that writer may have removed it again at once.
   */
  private boolean wasRaced(SftpSession session, RemotePath folder, StatusException refused)
      throws StatusException, LostException {
    if (refused.isNotFound()) {
      throw refused;
    }
    RemoteEntry there;
    try {
      there = session.followed(folder);
    } catch (StatusException notThere) {
      return false;
    }
    if (!there.isFolder()) {
      throw inTheWay(folder);
    }
    return true;
  }

  private boolean isAtOrAboveRoot(RemotePath folder) {
    return root.raw().startsWith(folder.raw());
  }

  private void requireFolder(RemotePath path, RemoteEntry entry) {
    if (path.equals(root)) {
      return;
    }
    requireNoLink(path, entry);
    if (!entry.isFolder()) {
      throw inTheWay(path);
    }
  }

  private void requireNoLink(RemotePath path, RemoteEntry entry) {
    if (entry.isLink()) {
      throw new StorageFailure(
          FailureKind.STORAGE,
          "A symbolic link is in the way: " + failures.shown(path),
          "Holdfast follows none inside " + root + "; put the real folder there, or mount it.");
    }
  }

  private StorageFailure inTheWay(RemotePath path) {
    return new StorageFailure(
        FailureKind.STORAGE,
        failures.shown(path) + " is not a folder",
        "Move what is in the way, or choose another folder.");
  }

  /** The paths from below the root to a path, the outermost first. */
  private List<RemotePath> wayTo(RemotePath path) {
    List<RemotePath> way = new ArrayList<>();
    int from = root.resolve("").raw().length();
    for (int slash = path.raw().indexOf('/', from);
        slash >= 0;
        slash = path.raw().indexOf('/', slash + 1)) {
      way.add(new RemotePath(path.raw().substring(0, slash)));
    }
    way.add(path);
    return way;
  }
}
