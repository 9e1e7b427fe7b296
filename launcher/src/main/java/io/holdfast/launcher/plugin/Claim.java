package io.holdfast.launcher.plugin;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import java.util.regex.Pattern;

/**
 * A plugin's word that it serves a url scheme.
 *
 * @param scheme the scheme, in lower case
 * @param provider what serves it
 * @param plugin the provider's class and its jar, for people
 */
public record Claim(String scheme, BlobStoreProvider provider, String plugin) {

  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");

  /**
   * @throws ConfigurationFailure when that is no scheme
   */
  public Claim {
    if (!SCHEME.matcher(scheme).matches()) {
      throw new ConfigurationFailure(
          plugin + " serves '" + scheme + "', which is no url scheme in lower case",
          "tell whoever wrote it; until then take it away");
    }
  }
}
