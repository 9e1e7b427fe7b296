package io.holdfast.postgres;

import io.holdfast.application.port.out.source.RestoreProof.Proof;
import io.holdfast.domain.fingerprint.Difference;
import java.util.ArrayList;
import java.util.List;

/** Words of proofs. */
final class Proofs {

  private Proofs() {}

  /** With as many differences as a proof may tell. */
  static Proof of(String compared, List<Difference> differences) {
    if (differences.size() <= Proof.MOST_DIFFERENCES) {
      return new Proof(compared, differences);
    }
    List<Difference> first = new ArrayList<>(differences.subList(0, Proof.MOST_DIFFERENCES - 1));
    int more = differences.size() - first.size();
    first.add(new Difference("and", more + " more differences"));
    return new Proof(compared, first);
  }

  /** {@code 1 row}, {@code 2 rows}. */
  static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
