package io.holdfast.application.testing;

import io.holdfast.application.port.out.history.DrillLedger;
import io.holdfast.domain.recovery.DrillRecord;
import java.util.ArrayList;
import java.util.List;

/** Remembers drills in memory. */
public final class MemoryDrillLedger implements DrillLedger {

  private final List<DrillRecord> drills = new ArrayList<>();

  @Override
  public void add(DrillRecord drill) {
    drills.add(0, drill);
  }

  @Override
  public List<DrillRecord> drills() {
    return List.copyOf(drills);
  }
}
