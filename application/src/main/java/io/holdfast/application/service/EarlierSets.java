package io.holdfast.application.service;

import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.catalog.SetShelf;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.in.CreateBackup;
import io.holdfast.application.port.in.ListedSet;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.trend.ArtifactTrend;
import io.holdfast.domain.trend.SetComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The sets before one that was just made, as the targets that took it remember them. Whatever is in
 * the way of reading them is a warning: the new set is as good as it is.
 *
 * @param catalogs those of all targets
 * @param wanted what is still to be backed up
 */
record EarlierSets(List<SetCatalog> catalogs, Predicate<ArtifactId> wanted) {

  /** Sets of other hosts and PARTIAL ones among them, so many manifests are read at most. */
  private static final int MOST_READ = 40;

  /** The result with what the comparison shows. */
  CreateBackup.Result compare(CreateBackup.Result result) {
    SetId made = result.manifest().id();
    Map<SetId, Manifest> earlier = new TreeMap<>();
    List<String> warnings = new ArrayList<>(result.warnings());
    for (SetCatalog catalog : catalogs) {
      String target = catalog.target().name();
      if (earlier.size() < ArtifactTrend.LEAST_SETS && result.isStoredOn(target)) {
        try {
          read(catalog, made).forEach(manifest -> earlier.put(manifest.id(), manifest));
        } catch (Failure failure) {
          warnings.add(
              "The new set could not be compared with the earlier ones on target "
                  + target
                  + ": "
                  + failure.getMessage());
        }
      }
    }
    return new CreateBackup.Result(
        result.manifest(),
        result.targets(),
        result.quorum(),
        warnings,
        SetComparison.of(result.manifest(), List.copyOf(earlier.values()), wanted),
        result.doubts());
  }

  private static List<Manifest> read(SetCatalog catalog, SetId made) {
    SetShelf shelf = new SetShelf();
    catalog.target().store().list("", shelf);
    return shelf.newestFirst().stream()
        .filter(folder -> folder.isPublished() && folder.id().compareTo(made) < 0)
        .limit(MOST_READ)
        .map(catalog::read)
        .filter(set -> set.state() == ListedSet.State.COMPLETE && set.foreignHost().isEmpty())
        .flatMap(set -> set.manifest().stream())
        .limit(ArtifactTrend.WINDOW + 1L)
        .toList();
  }
}
