package io.holdfast.application.port.out.store;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one verification has found of a set on a target.
 *
 * @param at when, by the clock of the host that verified
 * @param whole true when nothing was wrong with what was read
 * @param deep true when dumps and tars were read as their formats demand too
 * @param everything true when every file was read and compared with the list of files; false for a
 *     sample
 * @param bytes how many bytes were read
 * @param files the files of a sample; empty when everything was read
 * @param problems what was wrong, a sentence each
 */
public record Verdict(
    Instant at,
    boolean whole,
    boolean deep,
    boolean everything,
    long bytes,
    List<String> files,
    List<String> problems) {

  public Verdict {
    files = List.copyOf(files);
    problems = List.copyOf(problems);
  }

  /** True when a file was read. */
  public boolean read(String path) {
    return everything || files.contains(path);
  }

  /**
   * True when newer ones have read all that this one did, and no less thoroughly where it found
   * damage: damage that only a deep verification sees is not undone by another.
   */
  public boolean isSupersededBy(List<Verdict> newer) {
    if (newer.stream().anyMatch(later -> later.everything && (whole || !deep || later.deep))) {
      return true;
    }
    Set<String> again = new HashSet<>();
    newer.stream()
        .filter(later -> whole || !deep || later.deep)
        .forEach(later -> again.addAll(later.files));
    return !everything && again.containsAll(files);
  }
}
