package io.holdfast.launcher.wiring;

import io.holdfast.application.catalog.HostFolders;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.catalog.TargetDoor;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.application.port.out.store.Settings;
import io.holdfast.launcher.config.HoldfastConfig;
import io.holdfast.launcher.config.TargetConfig;
import java.util.Collection;
import java.util.Optional;

/** Opens targets once more as the configuration says. */
record ConfiguredDoor(HoldfastConfig config, StoragePlugins plugins) implements TargetDoor {

  @Override
  public BlobStore open(Target target) {
    return plugins.open(settings(target));
  }

  @Override
  public Optional<HostFolders> hosts(Target target) {
    TargetConfig configured = configured(target);
    return configured
        .hosts()
        .map(
            places ->
                new HostFolders(
                    plugins.open(configured.settings(places.parent())),
                    places.before(),
                    places.after()));
  }

  @Override
  public Collection<Secret> secrets(Target target) {
    return settings(target).secrets().values();
  }

  private Settings settings(Target target) {
    return configured(target).settings();
  }

  private TargetConfig configured(Target target) {
    return config.targets().stream()
        .filter(configured -> configured.name().equals(target.name()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(target.name() + " is not configured"));
  }
}
