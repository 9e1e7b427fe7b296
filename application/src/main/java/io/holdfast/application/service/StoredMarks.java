package io.holdfast.application.service;

import io.holdfast.application.catalog.SetMarks;
import io.holdfast.domain.backup.SetId;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The marks on a target, as a prune asks for them. */
record StoredMarks(SetMarks marks) implements Marks {

  @Override
  public Set<SetId> pinned() {
    return marks.pins().keySet();
  }

  @Override
  public Set<SetId> inUse() {
    return marks.inUse();
  }

  @Override
  public Set<SetId> damaged() {
    return marks.verdicts().entrySet().stream()
        .filter(each -> !each.getValue().whole())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  @Override
  public void forget(SetId id) {
    marks.forget(id);
  }
}
