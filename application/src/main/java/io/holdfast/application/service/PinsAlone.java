package io.holdfast.application.service;

import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetLayout;
import java.util.Set;
import java.util.TreeSet;

/** Pins, by their names. */
record PinsAlone(Target target) implements Marks {

  private static final String FOLDER = SetLayout.CONTROL_FOLDER + "/pins/";

  @Override
  public Set<SetId> pinned() {
    return listed("");
  }

  @Override
  public Set<SetId> inUse() {
    return Set.of();
  }

  @Override
  public Set<SetId> damaged() {
    return Set.of();
  }

  @Override
  public boolean isWanted(SetId id) {
    return listed(id.toString()).contains(id);
  }

  @Override
  public void forget(SetId id) {
    target.store().delete(new BlobKey(FOLDER + id));
  }

  private Set<SetId> listed(String prefix) {
    Set<SetId> pinned = new TreeSet<>();
    target
        .store()
        .list(
            FOLDER + prefix,
            blob ->
                SetId.parse(blob.key().value().substring(FOLDER.length())).ifPresent(pinned::add));
    return pinned;
  }
}
