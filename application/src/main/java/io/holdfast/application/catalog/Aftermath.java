package io.holdfast.application.catalog;

import io.holdfast.domain.backup.SetId;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of the unfinished sets of earlier holders of a lock.
 *
 * @param removed those that are gone now
 * @param left those that were left where they are, see {@link SetDraft}
 */
public record Aftermath(List<SetId> removed, List<SetId> left) {
  public Aftermath {
    removed = List.copyOf(removed);
    left = List.copyOf(left);
  }

  /** A sentence for each, for people. */
  public List<String> told(SetCatalog catalog) {
    List<String> sentences = new ArrayList<>();
    removed.forEach(set -> sentences.add(tell("Removed", set, catalog, ".")));
    left.forEach(
        set ->
            sentences.add(
                tell(
                    "Left",
                    set,
                    catalog,
                    ": it is not known that its run is dead. It is not restored from, and can be"
                        + " removed by hand.")));
    return sentences;
  }

  private static String tell(String what, SetId set, SetCatalog catalog, String more) {
    return what
        + " the unfinished set "
        + set
        + " of a run that was killed or lost its lock, at "
        + catalog.set(set).location()
        + more;
  }
}
