package io.holdfast.domain.retention;

import io.holdfast.domain.backup.SetId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is to become of the sets of one target. */
public sealed interface RetentionPlan {

  /**
   * Every set, with what becomes of it.
   *
   * @param decisions newest set first
   */
  record Decided(List<Decision> decisions) implements RetentionPlan {
    public Decided {
      decisions = List.copyOf(decisions);
    }

    /** What goes, oldest first: whatever ends a prune, the newest are still there. */
    public List<Decision> deletions() {
      List<Decision> oldestFirst = new ArrayList<>(decisions);
      Collections.reverse(oldestFirst);
      return oldestFirst.stream().filter(each -> !each.kept()).toList();
    }
  }

  /**
   * Nothing is decided, so that nothing is deleted: sets are dated later than now. Either this
   * host's clock went back, or those sets were made while it was ahead; by neither clock can it be
   * said which sets are the most recent.
   *
   * @param future the sets that are, newest first; at least one
   * @param now this host's time
   */
  record Refused(List<SetId> future, Instant now) implements RetentionPlan {
    public Refused {
      future = List.copyOf(future);
    }

    /** What is wrong. */
    public String explanation() {
      String sets =
          future.size() == 1
              ? "Set " + future.get(0) + " is"
              : future.size() + " sets are, the newest of them " + future.get(0) + ",";
      return sets
          + " dated after this host's time, "
          + now.truncatedTo(ChronoUnit.SECONDS)
          + ": its clock went back, or was ahead when the set was made. Nothing was deleted.";
    }
  }
}
