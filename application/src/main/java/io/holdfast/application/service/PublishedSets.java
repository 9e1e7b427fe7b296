package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.ListedSet;
import io.holdfast.domain.backup.SetId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The published sets of this host on several targets.
 *
 * @param byTarget what those hold that could be read
 * @param unread why others could not
 */
record PublishedSets(Map<String, Map<SetId, ListedSet>> byTarget, List<Failure> unread) {

  static PublishedSets on(List<SetCatalog> catalogs) {
    Map<String, Map<SetId, ListedSet>> byTarget = new LinkedHashMap<>();
    List<Failure> unread = new ArrayList<>();
    for (SetCatalog catalog : catalogs) {
      try {
        byTarget.put(catalog.target().name(), read(catalog));
      } catch (StorageFailure failure) {
        unread.add(failure);
      }
    }
    return new PublishedSets(byTarget, unread);
  }

  private static Map<SetId, ListedSet> read(SetCatalog catalog) {
    Map<SetId, ListedSet> sets = new LinkedHashMap<>();
    for (ListedSet set : catalog.list()) {
      if (set.isPublished() && set.foreignHost().isEmpty()) {
        sets.put(set.id(), set);
      }
    }
    return sets;
  }

  /** Every set that any of them holds, oldest first. */
  SortedSet<SetId> ids() {
    SortedSet<SetId> ids = new TreeSet<>();
    byTarget.values().forEach(sets -> ids.addAll(sets.keySet()));
    return ids;
  }

  /** True when a target was read and has no such set. */
  boolean lacks(SetCatalog target, SetId id) {
    return Optional.ofNullable(byTarget.get(target.target().name()))
        .filter(sets -> !sets.containsKey(id))
        .isPresent();
  }

  /** Those among some targets that hold a set; those whose copy can be read go first. */
  List<SetCatalog> holders(SetId id, List<SetCatalog> among) {
    return among.stream()
        .filter(target -> stateOn(target, id).isPresent())
        .sorted(Comparator.comparing(target -> stateOn(target, id).orElseThrow()))
        .toList();
  }

  private Optional<ListedSet.State> stateOn(SetCatalog target, SetId id) {
    return Optional.ofNullable(byTarget.get(target.target().name()))
        .map(sets -> sets.get(id))
        .map(ListedSet::state);
  }
}
