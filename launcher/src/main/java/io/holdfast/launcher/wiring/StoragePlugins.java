package io.holdfast.launcher.wiring;

import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.Settings;
import io.holdfast.launcher.config.Problems;
import io.holdfast.launcher.config.StorageSchemes;
import io.holdfast.launcher.config.TargetConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * The storage plugins on the class path, by the url scheme that each serves. They are looked for
 * one by one, since each look further opens more jars; of two for one scheme the first serves it,
 * and what comes with Holdfast is before what lies in {@code plugins/}.
 */
final class StoragePlugins implements StorageSchemes {

  private final Map<String, BlobStoreProvider> found = new LinkedHashMap<>();
  private final Iterator<BlobStoreProvider> further =
      ServiceLoader.load(BlobStoreProvider.class).iterator();

  @Override
  public boolean has(String scheme) {
    while (!found.containsKey(scheme) && further.hasNext()) {
      add(further.next());
    }
    return found.containsKey(scheme);
  }

  @Override
  public Set<String> all() {
    further.forEachRemaining(this::add);
    return Set.copyOf(found.keySet());
  }

  private void add(BlobStoreProvider provider) {
    if (provider.spiVersion() != BlobStoreProvider.SPI_VERSION) {
      throw new ConfigurationFailure(
          "the storage plugin " + provider.getClass().getName() + " was built for another Holdfast",
          "put a version of it for this Holdfast into plugins/, or take it out");
    }
    found.putIfAbsent(provider.scheme(), provider);
  }

  /** Opens targets; what a plugin finds wrong with its settings becomes a problem. */
  List<Target> open(List<TargetConfig> configs, Problems problems) {
    List<Target> targets = new ArrayList<>();
    for (TargetConfig config : configs) {
      try {
        targets.add(new Target(config.name(), open(config.settings())));
      } catch (ConfigurationFailure failure) {
        String hint = failure.hint().isEmpty() ? "" : " " + failure.hint();
        problems.add(config.position(), config.key(), failure.getMessage() + hint);
      }
    }
    return targets;
  }

  /** A folder of this host as a store. */
  BlobStore openFolder(Path folder) {
    return open(new Settings(folder.toString(), folder.toUri(), Map.of(), Map.of()));
  }

  private BlobStore open(Settings settings) {
    String scheme = String.valueOf(settings.url().getScheme()).toLowerCase(Locale.ROOT);
    BlobStoreProvider provider = has(scheme) ? found.get(scheme) : null;
    if (provider == null) {
      throw new ConfigurationFailure(
          "no storage plugin serves " + scheme + " urls", "put its jar into plugins/");
    }
    return provider.open(settings);
  }
}
