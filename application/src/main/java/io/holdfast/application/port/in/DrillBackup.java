package io.holdfast.application.port.in;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.backup.Share;
import io.holdfast.domain.recovery.DrillRecord;
import java.util.List;
import java.util.Optional;

/** Restores sets somewhere harmless, and shows whether what came back is what was there. */
public interface DrillBackup {

  /**
   * Drills one set, or one of each target. Whatever comes of it, nothing that was made for it is
   * left, and what was shown is written into the ledger and beside the set.
   *
   * @throws io.holdfast.application.port.failure.IntegrityFailure when there is no such set
   * @throws io.holdfast.application.port.failure.BusyFailure when another drill is at work here
   * @throws io.holdfast.application.port.failure.InterruptedFailure when it was interrupted;
   *     nothing is written down then
   */
  Report drill(Request request, Cancellation cancellation);

  /**
   * What to drill.
   *
   * @param selector which set; where every target is drilled its target does not matter
   * @param allTargets true to read the set from each target that should have it, one after another
   * @param sample a share of the stored bytes that is restored; those that were not for the longest
   *     time. Empty for all
   */
  record Request(SetSelector selector, boolean allTargets, Optional<Share> sample) {}

  /**
   * What came of it.
   *
   * @param drills in the order of the targets
   * @param unread the targets of which no set could be drilled
   */
  record Report(List<Drilled> drills, List<Unread> unread) {
    public Report {
      drills = List.copyOf(drills);
      unread = List.copyOf(unread);
    }
  }

  /**
   * One drill.
   *
   * @param record what was shown
   * @param location where the set was read from
   * @param restored how many databases and volumes came back
   * @param warnings what an operator should know beside it
   * @param failure the first that kept it from being carried through
   */
  record Drilled(
      DrillRecord record,
      String location,
      Restored restored,
      List<String> warnings,
      Optional<Failure> failure) {
    public Drilled {
      warnings = List.copyOf(warnings);
    }

    /** True when something is not as it was, or an assertion does not hold. */
    public boolean isRefuted() {
      return record.proofs().stream().anyMatch(proof -> !proof.differences().isEmpty())
          || record.assertions().stream().anyMatch(assertion -> !assertion.held());
    }
  }

  /** How many came back. */
  record Restored(int databases, int volumes) {}

  /** A target without a drill. */
  record Unread(String target, Failure failure) {}
}
