package io.holdfast.application.service;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.domain.recovery.DrillRecord.ArtifactProof;
import io.holdfast.domain.recovery.DrillRecord.Assertion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What comes to light in a drill. */
final class DrillFindings {

  private final BackupEvents events;
  private final List<ArtifactProof> proofs = new ArrayList<>();
  private final List<Assertion> assertions = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  DrillFindings(BackupEvents events) {
    this.events = events;
  }

  /**
   * Does a part of the drill, which goes on without it when it fails.
   *
   * @param subject what is told with the failure: {@code database main/app}; empty for the whole
   * @return true when it did not fail
   */
  boolean attempt(String subject, Runnable part) {
    try {
      part.run();
      return true;
    } catch (InterruptedFailure interrupted) {
      throw interrupted;
    } catch (Failure failure) {
      String problem = (subject.isEmpty() ? "" : subject + ": ") + failure.getMessage();
      failures.add(failure);
      problems.add(problem);
      events.on(new BackupEvent.Problem(problem));
      return false;
    }
  }

  void warn(String warning) {
    warnings.add(warning);
    events.on(new BackupEvent.Warning(warning));
  }

  void add(ArtifactProof proof) {
    proofs.add(proof);
    proof
        .differences()
        .forEach(
            difference ->
                events.on(
                    new BackupEvent.Problem(proof.artifact() + ": " + difference.describe())));
  }

  void add(Assertion assertion) {
    assertions.add(assertion);
    if (!assertion.held()) {
      events.on(
          new BackupEvent.Problem(
              "assertion " + assertion.name() + " does not hold: " + assertion.detail()));
    }
  }

  List<ArtifactProof> proofs() {
    return List.copyOf(proofs);
  }

  List<Assertion> assertions() {
    return List.copyOf(assertions);
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  Optional<Failure> failure() {
    return failures.stream().findFirst();
  }
}
