package io.holdfast.storage.local;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import io.holdfast.application.port.out.store.Settings;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Opens folders of this host as blob stores: {@code file:///var/backups/holdfast}. The path is
 * absolute and percent-decoded; there is no setting but the url.
 */
public final class LocalBlobStoreProvider implements BlobStoreProvider {

  private static final String EXAMPLE =
      "Write it with three slashes and a whole path: file:///var/backups/holdfast";

  /** For {@link java.util.ServiceLoader}. */
  public LocalBlobStoreProvider() {}

  @Override
  public String scheme() {
    return "file";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public BlobStore open(Settings settings) {
    Path root = rootOf(settings);
    for (String key : settings.keys()) {
      throw new ConfigurationFailure(
          "Storage target " + settings.name() + " has an unknown setting: " + key,
          "A target on a local folder has one setting, url; remove " + key + ".");
    }
    return new LocalBlobStore(root);
  }

  private static Path rootOf(Settings settings) {
    URI url = settings.url();
    String authority = url.getRawAuthority();
    if (authority != null && !authority.isEmpty() && !authority.equals("localhost")) {
      throw wrong(settings, "names another host, " + url.getHost(), EXAMPLE);
    }
    String path = url.getPath();
    if (path == null || !path.startsWith("/")) {
      throw wrong(settings, "does not name a whole path", EXAMPLE);
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw wrong(
          settings, "has a part after the path", "Write a ? of a folder as %3F and a # as %23.");
    }
    if (path.indexOf('\uFFFD') >= 0) {
      throw wrong(settings, "is not UTF-8 once its percent signs are decoded", "");
    }
    try {
      Path root = Path.of(path).normalize();
      if (root.getParent() == null) {
        throw wrong(settings, "names the whole file system", "Choose a folder of its own.");
      }
      return root;
    } catch (InvalidPathException e) {
      throw wrong(
          settings,
          "names a folder that this system cannot: " + e.getReason(),
          "Start Holdfast in a UTF-8 locale: LC_ALL=C.UTF-8");
    }
  }

  private static ConfigurationFailure wrong(Settings settings, String problem, String hint) {
    // Without a user and password, which have no place in a file url and may be there by mistake.
    String shown = settings.url().toString().replaceFirst("//[^/]*@", "//");
    return new ConfigurationFailure(
        "The url of storage target " + settings.name() + " " + problem + ": " + shown, hint);
  }
}
