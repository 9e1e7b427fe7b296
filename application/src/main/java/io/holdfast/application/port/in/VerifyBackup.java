package io.holdfast.application.port.in;

import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.command.Cancellation;
import java.util.List;
import java.util.Optional;

/** Reads sets back and says whether they are whole. */
public interface VerifyBackup {

  /**
   * Verifies one set: every file of its checksums is there and matches, no file is unlisted; deep,
   * each dump and tar is read as its format demands too.
   *
   * @throws io.holdfast.application.port.failure.IntegrityFailure when the set is unknown or
   *     incomplete
   */
  VerifiedSet verify(SetSelector selector, boolean deep, Cancellation cancellation);

  /**
   * Verifies every published set of this host on one target or on all; skips incomplete ones. A
   * target that cannot be read does not stop the others.
   */
  VerifiedAll verifyAll(Optional<String> target, boolean deep, Cancellation cancellation);

  /**
   * What was found on all targets.
   *
   * @param sets the sets that could be read
   * @param unread why targets could not be, or not to their end
   */
  record VerifiedAll(List<VerifiedSet> sets, List<StorageFailure> unread) {
    public VerifiedAll {
      sets = List.copyOf(sets);
      unread = List.copyOf(unread);
    }
  }

  /**
   * What was found.
   *
   * @param name the set's id or folder
   * @param location where it is, for people
   * @param files how many files were read
   * @param bytes how many bytes were read
   * @param problems what is wrong, each with its file; empty when the set is whole
   */
  record VerifiedSet(
      String name, String location, int files, long bytes, List<FileProblem> problems) {
    public VerifiedSet {
      problems = List.copyOf(problems);
    }

    /** True when nothing is wrong. */
    public boolean isWhole() {
      return problems.isEmpty();
    }
  }

  /**
   * Something wrong with a file.
   *
   * @param path relative to the set
   * @param problem what
   */
  record FileProblem(String path, String problem) {}
}
