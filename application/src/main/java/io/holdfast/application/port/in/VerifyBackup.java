package io.holdfast.application.port.in;

import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.Share;
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
   * Verifies a rolling part of the published sets of this host on one target or on all: on each
   * target the files that were not read back for the longest time, until they are a share of its
   * bytes. What was read is written down there, so that in {@link Share#runs} runs all is read.
   */
  VerifiedAll verifySample(
      Optional<String> target, Share share, boolean deep, Cancellation cancellation);

  /**
   * What was found on all targets.
   *
   * @param sets the sets that could be read
   * @param unread why targets could not be, or not to their end
   * @param samples which part of each target was read; empty when all was
   */
  record VerifiedAll(List<VerifiedSet> sets, List<StorageFailure> unread, List<Sample> samples) {
    public VerifiedAll {
      sets = List.copyOf(sets);
      unread = List.copyOf(unread);
      samples = List.copyOf(samples);
    }

    /** Of all files. */
    public VerifiedAll(List<VerifiedSet> sets, List<StorageFailure> unread) {
      this(sets, unread, List.of());
    }
  }

  /**
   * The part of a target that was chosen to be read.
   *
   * @param target the target's name
   * @param files how many files
   * @param bytes how many bytes they have
   * @param ofFiles of how many files
   * @param ofBytes of how many bytes
   */
  record Sample(String target, int files, long bytes, int ofFiles, long ofBytes) {}

  /**
   * What was found.
   *
   * @param name the set's id or folder
   * @param location where it is, for people
   * @param files how many files were read
   * @param bytes how many bytes were read
   * @param problems what is wrong, each with its file; empty when the set is whole
   * @param sample the files that were read, when it was not all of them
   */
  record VerifiedSet(
      String name,
      String location,
      int files,
      long bytes,
      List<FileProblem> problems,
      List<String> sample) {
    public VerifiedSet {
      problems = List.copyOf(problems);
      sample = List.copyOf(sample);
    }

    /** One of which every file was read. */
    public VerifiedSet(
        String name, String location, int files, long bytes, List<FileProblem> problems) {
      this(name, location, files, bytes, problems, List.of());
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
