package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.VerifyBackup.VerifiedSet;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.store.Verdict;
import io.holdfast.domain.backup.SetId;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes down on a target what a verification of one of its sets has found. A target that takes
 * nothing can be verified all the same.
 */
record VerdictRecorder(TargetLocker locker, BackupEvents events) {

  /** Of thousands of broken files the first hundred tell enough. */
  private static final int PROBLEMS = 100;

  void record(SetCatalog catalog, SetId set, VerifiedSet found, boolean deep) {
    Verdict verdict =
        new Verdict(
            locker.presence().clock().instant(),
            found.isWhole(),
            deep,
            found.sample().isEmpty(),
            found.bytes(),
            found.sample(),
            problems(found));
    try {
      locker.marksOf(catalog.target()).record(set, verdict);
    } catch (StorageFailure failure) {
      events.on(unrecorded(catalog, set, verdict, failure));
    }
  }

  private static List<String> problems(VerifiedSet found) {
    List<String> problems = new ArrayList<>();
    found.problems().stream()
        .limit(PROBLEMS)
        .forEach(problem -> problems.add(problem.path() + ": " + problem.problem()));
    if (found.problems().size() > PROBLEMS) {
      problems.add("and " + (found.problems().size() - PROBLEMS) + " more");
    }
    return problems;
  }

  /** After a sample that is not known of, the next one reads the same again. */
  private static BackupEvent unrecorded(
      SetCatalog catalog, SetId set, Verdict verdict, StorageFailure failure) {
    String what =
        "What the verification of set "
            + set
            + " has found could not be written to target "
            + catalog.target().name()
            + ": "
            + failure.getMessage();
    return verdict.everything()
        ? new BackupEvent.Detail(what)
        : new BackupEvent.Warning(what + " The next sample will read the same files.");
  }
}
