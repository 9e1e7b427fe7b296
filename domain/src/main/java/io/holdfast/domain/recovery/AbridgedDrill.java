package io.holdfast.domain.recovery;

import io.holdfast.domain.fingerprint.Difference;
import io.holdfast.domain.recovery.DrillRecord.ArtifactProof;
import io.holdfast.domain.recovery.DrillRecord.Assertion;
import io.holdfast.domain.recovery.DrillRecord.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A drill's result as it is kept: whoever reads results reads many of them, and a set that came
 * back all different would have as many differences as files. What is left out is counted, and what
 * failed stays failed.
 */
final class AbridgedDrill {

  /** Of all artifacts together; each that differs keeps one at least. */
  static final int MOST_DIFFERENCES = 1_000;

  static final int MOST_PROBLEMS = 100;
  static final int MOST_PHASES = 1_000;

  /** More than a sentence needs; a statement of SQL may be in it. */
  static final int LONGEST_TEXT = 500;

  private final DrillRecord drill;

  AbridgedDrill(DrillRecord drill) {
    this.drill = drill;
  }

  DrillRecord record() {
    long different = drill.proofs().stream().filter(proof -> !isEqual(proof)).count();
    int each = (int) Math.max(1, MOST_DIFFERENCES / Math.max(1, different));
    return new DrillRecord(
        drill.set(),
        drill.target(),
        drill.host(),
        drill.started(),
        drill.took(),
        drill.restoreTook(),
        drill.bytes(),
        drill.whole(),
        phases(),
        drill.proofs().stream().map(proof -> proof(proof, each)).toList(),
        drill.assertions().stream()
            .map(one -> new Assertion(one.name(), one.held(), text(one.detail())))
            .toList(),
        problems(),
        drill.rto());
  }

  private static boolean isEqual(ArtifactProof proof) {
    return proof.differences().isEmpty();
  }

  private List<Phase> phases() {
    List<Phase> all = drill.phases();
    List<Phase> phases = new ArrayList<>(all.stream().limit(MOST_PHASES).toList());
    if (all.size() > MOST_PHASES) {
      Duration rest =
          all.stream().skip(MOST_PHASES).map(Phase::took).reduce(Duration.ZERO, Duration::plus);
      phases.add(new Phase("and " + (all.size() - MOST_PHASES) + " more", rest));
    }
    return phases;
  }

  private static ArtifactProof proof(ArtifactProof proof, int most) {
    List<Difference> all = proof.differences();
    List<Difference> named =
        new ArrayList<>(
            all.stream()
                .limit(most)
                .map(each -> new Difference(text(each.subject()), text(each.detail())))
                .toList());
    if (all.size() > most) {
      named.add(new Difference("and", (all.size() - most) + " more differences"));
    }
    return new ArtifactProof(proof.artifact(), proof.compared(), named);
  }

  private List<String> problems() {
    List<String> all = drill.problems();
    List<String> named =
        new ArrayList<>(all.stream().limit(MOST_PROBLEMS).map(AbridgedDrill::text).toList());
    if (all.size() > MOST_PROBLEMS) {
      named.add("and " + (all.size() - MOST_PROBLEMS) + " more");
    }
    return named;
  }

  private static String text(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1));
    return text.substring(0, splits ? LONGEST_TEXT - 1 : LONGEST_TEXT) + "…";
  }
}
