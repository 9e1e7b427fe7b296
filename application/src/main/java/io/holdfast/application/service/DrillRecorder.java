package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.history.DrillLedger;
import io.holdfast.domain.recovery.DrillRecord;
import java.util.Optional;

/**
 * Writes down what a drill has shown: in this host's ledger, and beside the set on every target
 * that has it. What cannot be written is a warning; the drill was done all the same.
 */
record DrillRecorder(SetReads reads, DrillLedger ledger, DrillFindings findings) {

  void record(DrillRecord drill) {
    tolerate("this host's ledger", () -> ledger.add(drill));
    for (SetCatalog catalog : reads.finder().catalogs(Optional.empty())) {
      tolerate(
          "target " + catalog.target().name(),
          () -> {
            if (catalog.set(drill.set()).isPublished()) {
              reads.locker().marksOf(catalog.target()).record(drill);
            }
          });
    }
  }

  private void tolerate(String where, Runnable writing) {
    try {
      writing.run();
    } catch (InterruptedFailure interrupted) {
      throw interrupted;
    } catch (Failure failure) {
      findings.warn(
          "What the drill has shown could not be written to "
              + where
              + ": "
              + failure.getMessage());
    }
  }
}
