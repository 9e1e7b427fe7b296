package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.ListBackups;
import io.holdfast.application.port.in.ListedSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Lists every target; one that cannot be read does not hide the others. */
final class ListBackupsService implements ListBackups {

  private final List<SetCatalog> catalogs;

  ListBackupsService(List<SetCatalog> catalogs) {
    this.catalogs = catalogs;
  }

  @Override
  public Listing list(Optional<String> target) {
    List<ListedSet> sets = new ArrayList<>();
    List<StorageFailure> unread = new ArrayList<>();
    List<String> read = new ArrayList<>();
    for (SetCatalog catalog : SetFinder.named(catalogs, target)) {
      try {
        sets.addAll(catalog.list());
        read.add(catalog.target().name());
      } catch (StorageFailure failure) {
        unread.add(failure);
      }
    }
    sets.sort(Comparator.comparing(ListedSet::id).reversed());
    return new Listing(read, sets, unread);
  }
}
