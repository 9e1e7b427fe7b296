package io.holdfast.storage.local;

import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobVisitor;
import io.holdfast.storage.disk.DiskFailures;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One walk over the blobs below a prefix, in key order. Holds the names of one folder for each
 * level that it is in. What is gone by the time it is looked at is passed over.
 */
final class Listing {

  /** What mkfs leaves at the top of a file system, and nobody but root may enter. */
  private static final String LOST_AND_FOUND = "lost+found";

  private final RepositoryFolder folder;
  private final BlobVisitor visitor;

  Listing(RepositoryFolder folder, BlobVisitor visitor) {
    this.folder = folder;
    this.visitor = visitor;
  }

  void of(String prefix) {
    int slash = prefix.lastIndexOf('/');
    if (slash < 0) {
      walk(folder.root(), "", prefix);
      return;
    }
    Path start;
    try {
      start = folder.fileOf(new BlobKey(prefix.substring(0, slash)));
    } catch (IllegalArgumentException noKeyBeginsSo) {
      return;
    }
    if (!folder.leadsThroughLink(start)) {
      walk(start, prefix.substring(0, slash + 1), prefix.substring(slash + 1));
    }
  }

  private void walk(Path at, String keyOfFolder, String beginning) {
    for (Child child : childrenOf(at, keyOfFolder, beginning)) {
      String key = keyOfFolder + child.name();
      if (child.isFolder()) {
        walk(at.resolve(child.name()), key + "/", "");
      } else {
        visitor.visit(new BlobInfo(new BlobKey(key), child.bytes(), child.modified()));
      }
    }
  }

  private List<Child> childrenOf(Path at, String keyOfFolder, String beginning) {
    List<Child> children = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(at)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.startsWith(beginning) && !isHidden(keyOfFolder + name)) {
          add(entry, children);
        }
      }
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw DiskFailures.of("list", at, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      if (DiskFailures.isNotAFolder(e) && !at.equals(folder.root())) {
        return List.of();
      }
      throw DiskFailures.of("list", at, e);
    }
    children.sort(Child::compareTo);
    return children;
  }

  private static boolean isHidden(String key) {
    return RepositoryFolder.isReserved(key) || key.equals(LOST_AND_FOUND);
  }

  private static void add(Path entry, List<Child> children) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (found.isDirectory() || found.isRegularFile()) {
        children.add(
            new Child(
                entry.getFileName(),
                found.isDirectory(),
                found.size(),
                found.lastModifiedTime().toInstant()));
      }
    } catch (NoSuchFileException goneMeanwhile) {
      return;
    }
  }

  /**
   * An entry of a folder, ordered as the keys that begin with it.
   *
   * @param name as the system has it, which may be no text: such a folder is still entered
   */
  private record Child(Path name, boolean isFolder, long bytes, Instant modified)
      implements Comparable<Child> {

    @Override
    public int compareTo(Child other) {
      return compareCodePoints(sortKey(), other.sortKey());
    }

    private String sortKey() {
      return isFolder ? name + "/" : name.toString();
    }

    /** Code points order as their UTF-8 bytes do; the units of a String do not. */
    private static int compareCodePoints(String one, String other) {
      int length = Math.min(one.length(), other.length());
      for (int i = 0; i < length; i++) {
        if (one.charAt(i) != other.charAt(i)) {
          return Integer.compare(one.codePointAt(i), other.codePointAt(i));
        }
      }
      return Integer.compare(one.length(), other.length());
    }
  }
}
