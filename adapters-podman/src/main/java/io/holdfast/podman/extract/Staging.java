package io.holdfast.podman.extract;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A folder within the one that files are restored to, where they are extracted before they get
 * their names. Nothing in it is looked at through a link.
 */
final class Staging implements AutoCloseable {

  private static final Set<PosixFilePermission> OURS_ALONE =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);
  private static final int MOST_NAMED = 10;

  private static final String PREFIX = ".holdfast-restore-";

  private final Path to;
  private final Path folder;
  private final RecoveryJournal.Entry entry;

  private Staging(Path to, Path folder, RecoveryJournal.Entry entry) {
    this.to = to;
    this.folder = folder;
    this.entry = entry;
  }

  /**
   * Makes one, and the folder that it is in when that is missing, for its owner's eyes alone. It is
   * written down before.
   */
  static Staging in(Path to, RecoveryJournal journal) throws IOException {
    Files.createDirectories(to, PosixFilePermissions.asFileAttribute(OURS_ALONE));
    Path real = to.toRealPath();
    Path folder = real.resolve(PREFIX + UUID.randomUUID());
    Staging staging =
        new Staging(real, folder, journal.record(new Intent.StagedFiles(folder.toString())));
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OURS_ALONE));
      Files.createDirectory(staging.tree(), PosixFilePermissions.asFileAttribute(OURS_ALONE));
    } catch (IOException e) {
      try {
        staging.close();
      } catch (SourceFailure alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
    return staging;
  }

  /** Removes one that a killed run left; false when it is gone. Nothing but such a one. */
  static boolean clear(Path folder) throws IOException {
    boolean left =
        String.valueOf(folder.getFileName()).startsWith(PREFIX)
            && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    if (left) {
      remove(folder);
    }
    return left;
  }

  /** Where the files are extracted. */
  Path tree() {
    return folder.resolve("tree");
  }

  /** Writes names for tar, each with a NUL behind it. */
  Path names(String file, Set<String> names) {
    Path list = folder.resolve(file);
    try (OutputStream out = Files.newOutputStream(list)) {
      for (String name : names) {
        out.write((name + "\0").getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw failed(e);
    }
    return list;
  }

  /** Removes files that were only needed for others, and the folders that nothing else is in. */
  void drop(Set<String> names) {
    try {
      for (String name : names) {
        Path file = BytePath.below(tree(), WantedPaths.bare(name));
        Files.deleteIfExists(file);
        Path parent = file.getParent();
        while (parent != null && !parent.equals(tree()) && isEmpty(parent)) {
          Files.delete(parent);
          parent = parent.getParent();
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Gives what was extracted its place, file by file or folder by folder.
   *
   * @param force true to replace files that exist
   * @throws SourceFailure when something is in the way (nothing was changed), or the file system
   *     refuses a name
   */
  void place(boolean force) {
    try {
      requireRoom(force);
      move(tree(), to);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void requireRoom(boolean force) throws IOException {
    List<Path> inTheWay = new ArrayList<>();
    look(tree(), to, force, inTheWay);
    if (!inTheWay.isEmpty()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "Nothing was changed. There is already "
              + String.join(", ", inTheWay.stream().limit(MOST_NAMED).map(Path::toString).toList())
              + (inTheWay.size() > MOST_NAMED
                  ? " and " + (inTheWay.size() - MOST_NAMED) + " more"
                  : "")
              + ".",
          force
              ? "Move what is in the way, or choose another folder."
              : "Use --force to replace files, or choose another folder.");
    }
  }

  /** A folder may be where a folder comes; a file only with force where a file comes. */
  private static void look(Path staged, Path target, boolean force, List<Path> inTheWay)
      throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean folder = isFolder(staged);
    if (folder && isFolder(target)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(staged)) {
        for (Path child : children) {
          look(child, target.resolve(child.getFileName()), force, inTheWay);
        }
      }
    } else if (!force || folder || isFolder(target)) {
      inTheWay.add(target);
    }
  }

  private static void move(Path staged, Path target) throws IOException {
    if (!isFolder(staged) || !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      rename(staged, target);
      return;
    }
    try (DirectoryStream<Path> children = Files.newDirectoryStream(staged)) {
      for (Path child : children) {
        move(child, target.resolve(child.getFileName()));
      }
    }
  }

  /** A folder that its owner may not write to does not move but for root. */
  private static void rename(Path staged, Path target) throws IOException {
    if (!isFolder(staged) || Files.isWritable(staged)) {
      Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Set<PosixFilePermission> rights =
        Files.getPosixFilePermissions(staged, LinkOption.NOFOLLOW_LINKS);
    Files.setPosixFilePermissions(staged, OURS_ALONE);
    Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
    Files.setPosixFilePermissions(target, rights);
  }

  private SourceFailure failed(IOException e) {
    return new SourceFailure(
        FailureKind.SOURCE,
        "Files cannot be restored to " + to + ": " + e,
        "Mend what it names, and restore again; what has its name is whole.",
        e);
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      return !children.iterator().hasNext();
    }
  }

  /** Folders may have come without any right to look into them. */
  @Override
  public void close() {
    try {
      clear(folder);
    } catch (IOException e) {
      throw failed(e);
    }
    entry.strike();
  }

  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes unused)
              throws IOException {
            Files.setPosixFilePermissions(directory, OURS_ALONE);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes unused)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
              throw e;
            }
            Files.setPosixFilePermissions(file, OURS_ALONE);
            Files.walkFileTree(file, this);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
