package io.holdfast.domain.recovery;

import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.fingerprint.Difference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a drill has proven: a line of the ledger.
 *
 * @param set which set was restored
 * @param target from which storage target
 * @param host on which host
 * @param started when
 * @param took how long the whole drill took, comparison and cleaning up included
 * @param restoreTook how long an operator would have waited: verification and restore
 * @param bytes the stored bytes that were restored
 * @param whole true when every artifact of the set was restored; false for a sample
 * @param phases what took how long, in order
 * @param proofs what was shown of each artifact
 * @param assertions the operator's own checks
 * @param problems why it could not be carried through, a sentence each; none when it was
 * @param rto the objective that it was held against
 */
public record DrillRecord(
    SetId set,
    String target,
    String host,
    Instant started,
    Duration took,
    Duration restoreTook,
    long bytes,
    boolean whole,
    List<Phase> phases,
    List<ArtifactProof> proofs,
    List<Assertion> assertions,
    List<String> problems,
    Optional<Duration> rto) {

  public DrillRecord {
    phases = List.copyOf(phases);
    proofs = List.copyOf(proofs);
    assertions = List.copyOf(assertions);
    problems = List.copyOf(problems);
  }

  /** True when all was carried through, equal where it could be compared, and asserted. */
  public boolean isProven() {
    return problems.isEmpty()
        && proofs.stream().allMatch(proof -> proof.differences().isEmpty())
        && assertions.stream().allMatch(Assertion::held);
  }

  /** What went wrong, a sentence each; empty when it is proven. */
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>(problems);
    proofs.forEach(
        proof ->
            proof
                .differences()
                .forEach(
                    each ->
                        reasons.add(
                            proof.artifact() + ": " + each.subject() + ": " + each.detail())));
    assertions.stream()
        .filter(assertion -> !assertion.held())
        .forEach(assertion -> reasons.add(assertion.name() + ": " + assertion.detail()));
    return reasons;
  }

  /** True when an operator would have waited for longer than was promised. */
  public boolean missesRto() {
    return rto.filter(limit -> restoreTook.compareTo(limit) > 0).isPresent();
  }

  /** The same as it is kept: of what there may be any number, so much is named as tells enough. */
  public DrillRecord abridged() {
    return new AbridgedDrill(this).record();
  }

  /**
   * A part of a drill.
   *
   * @param name {@code verify}, {@code start servers}, {@code restore database main/app}
   */
  public record Phase(String name, Duration took) {}

  /**
   * What was shown of an artifact.
   *
   * @param artifact as people know it: {@code database main/app}
   * @param compared what was compared: {@code 12 tables, 40312 rows}; {@code nothing} where the set
   *     has no fingerprint of it
   * @param differences what was not equal
   */
  public record ArtifactProof(String artifact, String compared, List<Difference> differences) {

    private static final String NOTHING = "nothing";

    public ArtifactProof {
      differences = List.copyOf(differences);
    }

    /** False where there was no fingerprint to hold it against. */
    public boolean wasCompared() {
      return !compared.startsWith(NOTHING);
    }
  }

  /**
   * A check of the operator's own.
   *
   * @param name what it goes by
   * @param detail why it failed; empty when it held
   */
  public record Assertion(String name, boolean held, String detail) {}
}
