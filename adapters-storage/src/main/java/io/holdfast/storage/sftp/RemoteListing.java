package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobVisitor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One walk over the blobs below a prefix, in key order. Holds the names of one folder for each
 * level that it is in, and no conversation while a blob is looked at. What is gone by the time it
 * is come to is passed over.
 */
final class RemoteListing {

  /** What mkfs leaves at the top of a file system, and nobody but root may enter. */
  private static final String LOST_AND_FOUND = "lost+found";

  private static final Comparator<SftpSession.Name> IN_KEY_ORDER =
      Comparator.comparing(name -> name.entry().isFolder() ? name.raw() + "/" : name.raw());

  private final RemoteTree tree;
  private final SftpCalls calls;
  private final SftpFailures failures;
  private final BlobVisitor visitor;

  RemoteListing(RemoteTree tree, SftpCalls calls, SftpFailures failures, BlobVisitor visitor) {
    this.tree = tree;
    this.calls = calls;
    this.failures = failures;
    this.visitor = visitor;
  }

  void of(String prefix) {
    int slash = prefix.lastIndexOf('/');
    if (slash < 0) {
      walk(tree.root(), "", RemotePath.rawOf(prefix));
      return;
    }
    RemotePath start;
    try {
      start = tree.fileOf(new BlobKey(prefix.substring(0, slash)));
    } catch (IllegalArgumentException noKeyBeginsSo) {
      return;
    }
    if (isFolder(start)) {
      walk(
          start,
          RemotePath.rawOf(prefix.substring(0, slash + 1)),
          RemotePath.rawOf(prefix.substring(slash + 1)));
    }
  }

  private boolean isFolder(RemotePath path) {
    try {
      return calls
          .repeatable(session -> tree.find(session, path))
          .filter(RemoteEntry::isFolder)
          .isPresent();
    } catch (StatusException e) {
      throw failures.of("list", path, e);
    }
  }

  private void walk(RemotePath folder, String keyOfFolder, String beginning) {
    for (SftpSession.Name child : childrenOf(folder, keyOfFolder, beginning)) {
      String key = keyOfFolder + child.raw();
      if (child.entry().isFolder()) {
        walk(folder.resolve(child.raw()), key + "/", "");
      } else {
        visitor.visit(
            new BlobInfo(
                new BlobKey(RemotePath.textOf(key)),
                child.entry().bytes(),
                child.entry().modifiedAt()));
      }
    }
  }

  private List<SftpSession.Name> childrenOf(
      RemotePath folder, String keyOfFolder, String beginning) {
    List<SftpSession.Name> children = new ArrayList<>();
    try {
      for (SftpSession.Name each : namesIn(folder)) {
        if (each.raw().startsWith(beginning)
            && !isHidden(keyOfFolder + each.raw())
            && (each.entry().isFolder() || each.entry().isFile())) {
          children.add(each);
        }
      }
    } catch (StatusException e) {
      throw failures.of("list", folder, e);
    }
    children.sort(IN_KEY_ORDER);
    return children;
  }

  private List<SftpSession.Name> namesIn(RemotePath folder) throws StatusException {
    try {
      return calls.repeatable(session -> withKinds(session, folder, session.names(folder)));
    } catch (StatusException e) {
      if (!e.isNotFound()) {
        throw e;
      }
      if (folder.equals(tree.root())) {
        requireNoFile(folder);
      }
      return List.of();
    }
  }

  /** Asks for what the server has left out of its listing. */
  private static List<SftpSession.Name> withKinds(
      SftpSession session, RemotePath folder, List<SftpSession.Name> names)
      throws StatusException, LostException {
    List<SftpSession.Name> whole = new ArrayList<>(names.size());
    for (SftpSession.Name name : names) {
      if (name.entry().kind() != RemoteEntry.Kind.UNTOLD) {
        whole.add(name);
        continue;
      }
      try {
        RemoteEntry entry = session.entry(folder.resolve(name.raw()));
        whole.add(new SftpSession.Name(name.raw(), entry));
      } catch (StatusException e) {
        if (!e.isNotFound()) {
          throw e;
        }
      }
    }
    return whole;
  }

  /** Version 3 says of a file that there is no such folder, which would pass for an empty one. */
  private void requireNoFile(RemotePath root) throws StatusException {
    try {
      calls.repeatable(session -> session.followed(root));
    } catch (StatusException e) {
      if (e.isNotFound()) {
        return;
      }
      throw e;
    }
    throw new StorageFailure(
        FailureKind.STORAGE,
        "Cannot list " + failures.shown(root) + ": it is not a folder",
        "Move what is in the way, or choose another folder.");
  }

  private static boolean isHidden(String key) {
    return RemoteTree.isReserved(key) || key.equals(LOST_AND_FOUND);
  }
}
