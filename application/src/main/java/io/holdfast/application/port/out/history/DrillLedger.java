package io.holdfast.application.port.out.history;

import io.holdfast.domain.recovery.DrillRecord;
import java.util.List;

/**
 * Remembers the drills of this host. Bounded: the oldest go. Safe for several processes at once.
 */
public interface DrillLedger {

  /** Writes a result down; durable when this returns. */
  void add(DrillRecord drill);

  /** Every result that is remembered, newest first. What cannot be read is passed over. */
  List<DrillRecord> drills();
}
