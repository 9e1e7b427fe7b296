package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** Compares folders in everything that a volume must keep. */
final class Trees {

  private Trees() {}

  /** Copies a folder whole, and makes sure that the copy is one. */
  static void copy(Path from, Path to) {
    Shell.bash(
        "mkdir -p %2$s && rsync -aHAX --sparse --numeric-ids --modify-window=-1 %1$s/ %2$s/"
            .formatted(from, to));
    assertSame(from, to);
  }

  /** Names, contents, types, modes, owners, times, links, xattrs and ACLs, the root's included. */
  static void assertSame(Path expected, Path actual) {
    assertThat(differences(expected, actual)).as("rsync of %s and %s", expected, actual).isEmpty();
    assertThat(holes(actual)).as("blocks of sparse files").isEqualTo(holes(expected));
    assertThat(fifosAndLinks(actual)).as("kinds").isEqualTo(fifosAndLinks(expected));
  }

  static String differences(Path expected, Path actual) {
    return Shell.call(
        "rsync",
        "-aHAXn",
        "--numeric-ids",
        "--modify-window=-1",
        "--checksum",
        "--itemize-changes",
        "--delete",
        expected + "/",
        actual + "/");
  }

  /** Which files take less than half of their length on disk, in 64 KiB steps. */
  private static String holes(Path folder) {
    return Shell.bash(
        """
        cd %s
        find . -type f -size +128k -printf '%%p %%s %%b\\n' |
          awk '{ if ($(NF) * 512 < $(NF-1) / 2) print $1, $(NF-1), int($(NF) * 512 / 65536) }' | LC_ALL=C sort
        """
            .formatted(folder));
  }

  /** rsync says nothing of the number of names that a file has. */
  private static String fifosAndLinks(Path folder) {
    return Shell.bash(
        "cd %s; find . -printf '%%y %%n %%m %%U:%%G %%l %%p\\0' | LC_ALL=C sort -z | sha256sum"
            .formatted(folder));
  }

  /** One line that differs when anything of a folder does; cheaper than a copy. */
  static String fingerprint(Path folder) {
    return Shell.bash(
        """
        cd %s
        { find . -printf '%%y %%m %%U:%%G %%T@ %%l %%p\\0' | LC_ALL=C sort -z
          find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum; } | sha256sum
        """
            .formatted(folder));
  }
}
