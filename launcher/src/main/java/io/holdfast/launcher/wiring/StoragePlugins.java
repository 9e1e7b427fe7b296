package io.holdfast.launcher.wiring;

import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.ServerKeyJudge;
import io.holdfast.application.port.out.store.Settings;
import io.holdfast.launcher.config.Problems;
import io.holdfast.launcher.config.StorageSchemes;
import io.holdfast.launcher.config.TargetConfig;
import io.holdfast.launcher.plugin.Claim;
import io.holdfast.launcher.plugin.Plugins;
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
 * The storage plugins by the url scheme that each serves: Holdfast's own from the class path, and
 * those in jars. Holdfast's own are looked for one by one, since each look further opens more jars;
 * where there are others too, all are looked at, so that no two serve one scheme.
 */
final class StoragePlugins implements StorageSchemes, AutoCloseable {

  private final Map<String, Claim> found = new LinkedHashMap<>();
  private final Iterator<BlobStoreProvider> further =
      ServiceLoader.load(BlobStoreProvider.class).iterator();
  private final Plugins plugins;

  /** With those that lie in jars, which are closed with this. */
  StoragePlugins(Plugins plugins) {
    this.plugins = plugins;
    try {
      List<Claim> claims = plugins.claims();
      if (!claims.isEmpty()) {
        all();
        claims.forEach(this::add);
      }
    } catch (RuntimeException | Error failure) {
      plugins.close(failure);
      throw failure;
    }
  }

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

  @Override
  public void close() {
    plugins.close();
  }

  private void add(BlobStoreProvider ours) {
    add(new Claim(ours.scheme(), ours, ours.getClass().getName() + ", which comes with Holdfast"));
  }

  private void add(Claim claim) {
    Claim earlier = found.putIfAbsent(claim.scheme(), claim);
    if (earlier != null) {
      throw new ConfigurationFailure(
          "two storage plugins serve "
              + claim.scheme()
              + " urls\n"
              + earlier.plugin()
              + "\n"
              + claim.plugin(),
          "take one of them out of plugins/ or HOLDFAST_PLUGINS");
    }
  }

  /** Opens targets; what a plugin finds wrong with its settings becomes a problem. */
  List<Target> open(List<TargetConfig> configs, Problems problems) {
    List<Target> targets = new ArrayList<>();
    for (TargetConfig config : configs) {
      try {
        targets.add(new Target(config.name(), open(config.settings()), config.required()));
      } catch (ConfigurationFailure failure) {
        String hint = failure.hint().isEmpty() ? "" : " " + failure.hint();
        problems.add(config.position(), config.key(), failure.getMessage() + hint);
      } catch (RuntimeException | Error failure) {
        OpenTargets.close(targets, failure);
        throw failure;
      }
    }
    return targets;
  }

  /** A folder of this host as a store. */
  BlobStore openFolder(Path folder) {
    return open(new Settings(folder.toString(), folder.toUri(), Map.of(), Map.of()));
  }

  /** A store as its settings say. */
  BlobStore open(Settings settings) {
    return provider(settings).open(settings);
  }

  /** Has the keys of a target's servers judged. */
  void trust(Settings settings, ServerKeyJudge judge) {
    provider(settings).trust(settings, judge);
  }

  private BlobStoreProvider provider(Settings settings) {
    String scheme = String.valueOf(settings.url().getScheme()).toLowerCase(Locale.ROOT);
    Claim claim = has(scheme) ? found.get(scheme) : null;
    if (claim == null) {
      throw new ConfigurationFailure(
          "no storage plugin serves " + scheme + " urls", "put its jar into plugins/");
    }
    return claim.provider();
  }
}
