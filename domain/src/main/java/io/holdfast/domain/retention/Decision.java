package io.holdfast.domain.retention;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What becomes of a set, and why.
 *
 * @param set the set
 * @param kept true when it stays
 * @param reasons all that apply; at least one
 */
public record Decision(KeptSet set, boolean kept, List<Reason> reasons) {
  public Decision {
    reasons = List.copyOf(reasons);
  }

  /** The reasons in a line. */
  public String why() {
    return reasons.stream().map(Reason::describe).collect(Collectors.joining(", "));
  }
}
