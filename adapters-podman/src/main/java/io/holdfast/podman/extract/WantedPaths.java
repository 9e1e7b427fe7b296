package io.holdfast.podman.extract;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.podman.archive.ReadableName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the members of an archive that an operator names, and tells tar's names for them. Is shown
 * every member; keeps the names of those that were asked for, of the folders above them, and of
 * what their hard links need.
 */
final class WantedPaths {

  /** More links than this out of what is wanted are a case for a restore of the whole volume. */
  private static final int MOST_LINKED = 100_000;

  private static final int MOST_NEAR = 3;

  private final List<Wanted> wanted;
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> parents = new LinkedHashSet<>();
  private final Set<String> linked = new LinkedHashSet<>();
  private long members;

  WantedPaths(List<String> paths) {
    wanted = paths.stream().map(Wanted::new).toList();
  }

  /**
   * Takes a member.
   *
   * @param path as the archive spells it, a character a byte
   * @param hardLink which member it is another name of
   */
  void see(String path, boolean folder, Optional<String> hardLink) {
    String bare = bare(path);
    boolean meant = false;
    for (Wanted one : wanted) {
      Optional<String> form = one.formFor(bare);
      if (form.isPresent()) {
        one.found = true;
        meant = true;
        names.add(spelledUpTo(path, bare, form.get()));
      } else if (folder && one.liesBelow(bare)) {
        parents.add(stripped(path));
      } else if (!one.found) {
        one.near(bare);
      }
    }
    if (meant) {
      members++;
      hardLink.filter(target -> !means(bare(target))).ifPresent(this::link);
    }
  }

  /**
   * Fails where a path was not found.
   *
   * @throws SourceFailure that names each, and what lies elsewhere under the same name
   */
  void requireAll(String volume) {
    List<String> missing = new ArrayList<>();
    List<String> near = new ArrayList<>();
    for (Wanted one : wanted) {
      if (!one.found) {
        missing.add(one.text);
        one.near.stream().map(ReadableName::of).forEach(near::add);
      }
    }
    if (!missing.isEmpty()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "Not in " + volume + ": " + String.join(", ", missing) + ". Nothing was changed.",
          near.isEmpty()
              ? "holdfast ls SET VOLUME lists what it has."
              : "Is it " + String.join(", or ", near) + "?");
    }
  }

  /** What was asked for, as tar finds it; folders with what they hold. */
  Set<String> names() {
    return names;
  }

  /** The folders above, without what they hold. */
  Set<String> parents() {
    return parents;
  }

  /** What hard links lead to that was not asked for. */
  Set<String> linked() {
    return linked;
  }

  long members() {
    return members;
  }

  private boolean means(String bare) {
    return wanted.stream().anyMatch(one -> one.formFor(bare).isPresent());
  }

  private void link(String target) {
    linked.add(target);
    if (linked.size() > MOST_LINKED) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "What is asked for has more than " + MOST_LINKED + " hard links to files outside of it.",
          "Restore the whole volume under another name (--as), and take the files from there.");
    }
  }

  /** As the archive spells the part of a member's path that was asked for. */
  private static String spelledUpTo(String path, String bare, String form) {
    String spelled = stripped(path);
    if (!form.isEmpty()) {
      return spelled.substring(0, spelled.length() - (bare.length() - form.length()));
    }
    String root = spelled.substring(0, spelled.length() - bare.length());
    return root.isEmpty() ? spelled : stripped(root);
  }

  private static String stripped(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /** From the root, which is nothing at all. */
  static String bare(String path) {
    String rest = stripped(path);
    while (rest.startsWith("./") || rest.startsWith("/")) {
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    return rest.equals(".") ? "" : rest;
  }

  /** One path that was asked for. */
  private static final class Wanted {
    private final String text;
    private final List<String> forms;
    private final List<String> near = new ArrayList<>();
    private boolean found;

    Wanted(String text) {
      this.text = text;
      this.forms =
          new ArrayList<>(
              new LinkedHashSet<>(
                  List.of(bare(ReadableName.literal(text)), bare(ReadableName.unescaped(text)))));
    }

    Optional<String> formFor(String bare) {
      for (String form : forms) {
        if (form.isEmpty() || bare.equals(form) || bare.startsWith(form + "/")) {
          return Optional.of(form);
        }
      }
      return Optional.empty();
    }

    boolean liesBelow(String folder) {
      return !folder.isEmpty() && forms.stream().anyMatch(f -> f.startsWith(folder + "/"));
    }

    /** The same name elsewhere. */
    void near(String bare) {
      if (near.size() < MOST_NEAR && last(bare).equals(last(forms.get(0)))) {
        near.add(bare);
      }
    }

    private static String last(String path) {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }
}
