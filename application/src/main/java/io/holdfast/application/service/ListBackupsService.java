package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.ListBackups;
import io.holdfast.application.port.in.ListedSet;
import io.holdfast.application.port.out.store.Pin;
import io.holdfast.domain.backup.SetId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists every target; one that cannot be read does not hide the others. */
final class ListBackupsService implements ListBackups {

  private final List<SetCatalog> catalogs;
  private final TargetLocker locker;

  ListBackupsService(List<SetCatalog> catalogs, TargetLocker locker) {
    this.catalogs = catalogs;
    this.locker = locker;
  }

  @Override
  public Listing list(Optional<String> target) {
    List<ListedSet> sets = new ArrayList<>();
    List<StorageFailure> unread = new ArrayList<>();
    List<String> read = new ArrayList<>();
    Map<String, Map<SetId, Pin>> pins = new HashMap<>();
    for (SetCatalog catalog : SetFinder.named(catalogs, target)) {
      try {
        sets.addAll(catalog.list());
        read.add(catalog.target().name());
        pins.put(catalog.target().name(), locker.marksOf(catalog.target()).pins());
      } catch (StorageFailure failure) {
        unread.add(failure);
      }
    }
    sets.sort(Comparator.comparing(ListedSet::id).reversed());
    return new Listing(read, sets, unread, pins);
  }
}
