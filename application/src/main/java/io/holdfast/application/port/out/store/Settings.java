package io.holdfast.application.port.out.store;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the configuration says of one storage target.
 *
 * @param name the target's name
 * @param url where it is; its scheme chose the plugin; {@code {host}} is already resolved
 * @param values plain settings by key, the url left out
 * @param secrets settings that were given as a reference, resolved
 */
public record Settings(
    String name, URI url, Map<String, String> values, Map<String, Secret> secrets) {
  public Settings {
    values = Map.copyOf(values);
    secrets = Map.copyOf(secrets);
  }

  /** A plain setting. */
  public Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** A secret setting. */
  public Optional<Secret> secret(String key) {
    return Optional.ofNullable(secrets.get(key));
  }

  /** Every key that was given, so that a plugin can refuse those that it does not know. */
  public Set<String> keys() {
    TreeSet<String> keys = new TreeSet<>(values.keySet());
    keys.addAll(secrets.keySet());
    return keys;
  }
}
