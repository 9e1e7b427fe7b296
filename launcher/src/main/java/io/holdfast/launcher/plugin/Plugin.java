package io.holdfast.launcher.plugin;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.zip.ZipFile;

/** A plugin in a class loader of its own, with all the providers that it brings. */
final class Plugin implements AutoCloseable {

  private final Path place;
  private final URLClassLoader loader;
  private final List<Claim> claims = new ArrayList<>();

  private Plugin(Path place, URLClassLoader loader) {
    this.place = place;
    this.loader = loader;
  }

  /**
   * Loads it.
   *
   * @param window what it sees of the program
   * @throws ConfigurationFailure when it is none for this Holdfast
   */
  static Plugin load(PluginFiles files, ClassLoader window) {
    List<URL> urls = new ArrayList<>();
    for (Path jar : files.jars()) {
      urls.add(urlOf(jar));
    }
    URLClassLoader loader =
        new URLClassLoader("storage plugin " + files.place(), urls.toArray(URL[]::new), window);
    Plugin plugin = new Plugin(files.place(), loader);
    try {
      plugin.findProviders();
      return plugin;
    } catch (RuntimeException | Error failure) {
      try {
        loader.close();
      } catch (IOException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
  }

  List<Claim> claims() {
    return claims;
  }

  @Override
  public void close() {
    try {
      loader.close();
    } catch (IOException e) {
      throw JarTrouble.of("the storage plugin " + place, e);
    }
  }

  /** A class loader passes over what it cannot open, without a word. */
  private static URL urlOf(Path jar) {
    try {
      new ZipFile(jar.toFile()).close();
      return jar.toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException("every file has a url", impossible);
    } catch (IOException e) {
      throw JarTrouble.of("the storage plugin " + jar, e);
    }
  }

  private void findProviders() {
    try {
      ServiceLoader.load(BlobStoreProvider.class, loader).stream().forEach(this::add);
    } catch (ServiceConfigurationError | LinkageError e) {
      throw Misfit.of(place, e);
    }
    if (claims.isEmpty()) {
      throw new ConfigurationFailure(
          "there is no storage plugin in "
              + place
              + ": it has no META-INF/services/"
              + BlobStoreProvider.class.getName(),
          "take it away; a library of a plugin goes with that plugin into a folder of their own");
    }
  }

  private void add(ServiceLoader.Provider<BlobStoreProvider> found) {
    Guard guard = new Guard(found.type().getName(), place, loader);
    BlobStoreProvider provider = guard.whileOpening(found);
    int version = guard.whileOpening(provider::spiVersion);
    if (version != BlobStoreProvider.SPI_VERSION) {
      throw new ConfigurationFailure(
          guard.plugin()
              + " was built for version "
              + version
              + " of the storage plugin interface; this Holdfast has version "
              + BlobStoreProvider.SPI_VERSION,
          "put a version of the plugin for this Holdfast in its place, or take it away");
    }
    claims.add(
        new Claim(
            guard.whileOpening(provider::scheme),
            new GuardedProvider(provider, guard),
            guard.plugin()));
  }
}
