package io.holdfast.launcher.config;

import io.holdfast.application.port.out.store.Secret;
import io.holdfast.application.port.out.store.Settings;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A storage target.
 *
 * @param name what the operator calls it
 * @param position where it is configured
 * @param url where it is, {@code {host}} already resolved
 * @param written the url as it is written, with {@code {host}} where it stands
 * @param required whether a set that it has missed is no success
 * @param values plain settings for its plugin
 * @param secrets settings that are references
 */
public record TargetConfig(
    String name,
    Position position,
    URI url,
    String written,
    boolean required,
    Map<String, String> values,
    Map<String, SecretReference> secrets) {
  public TargetConfig {
    values = Map.copyOf(values);
    secrets = Map.copyOf(secrets);
  }

  /**
   * What its plugin is given.
   *
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when a secret is not to be
   *     had
   */
  public Settings settings() {
    return settings(url);
  }

  /** The same for another place on it: what is above the folders of all hosts. */
  public Settings settings(URI place) {
    Map<String, Secret> resolved = new LinkedHashMap<>();
    secrets.forEach((key, reference) -> resolved.put(key, reference.resolve()));
    return new Settings(name, place, values, resolved);
  }

  /** Where the folders of all hosts lie; empty when the url's path has no place for their names. */
  public Optional<HostPlaces> hosts() {
    return HostPlaces.of(written);
  }

  /** The key path under which it is configured. */
  public String key() {
    return "storage." + name;
  }
}
