package io.holdfast.launcher.plugin;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import java.nio.file.Path;
import java.util.Optional;

/** Says why a plugin's classes do not fit this Holdfast or this Java. */
final class Misfit {

  private static final String PREFIX = BlobStoreProvider.class.getName() + ": ";

  private Misfit() {}

  /** What the look for a plugin's providers ended with. */
  static ConfigurationFailure of(Path place, Throwable thrown) {
    return of("the storage plugin in " + place, thrown);
  }

  static ConfigurationFailure of(String plugin, Throwable thrown) {
    Throwable root = Optional.ofNullable(thrown.getCause()).orElse(thrown);
    String why = Optional.ofNullable(thrown.getMessage()).orElse(thrown.toString());
    String text = why.startsWith(PREFIX) ? why.substring(PREFIX.length()) : thrown.toString();
    String because = root == thrown ? "" : ": " + root;
    return new ConfigurationFailure(
        plugin + " cannot be loaded: " + text + because, hint(root), thrown);
  }

  private static String hint(Throwable root) {
    if (root instanceof UnsupportedClassVersionError) {
      return "it was built for a later Java than this one, "
          + Runtime.version().feature()
          + ": name a later one with HOLDFAST_JAVA, or fetch the plugin for this one";
    }
    if (root instanceof LinkageError || root instanceof ClassNotFoundException) {
      return "it lacks a library, which goes with it into a folder of their own below plugins/, or"
          + " was built for another Holdfast: this one has version "
          + BlobStoreProvider.SPI_VERSION
          + " of the storage plugin interface";
    }
    return "tell whoever wrote it; until then take it away";
  }
}
