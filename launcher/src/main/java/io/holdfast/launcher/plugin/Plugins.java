package io.holdfast.launcher.plugin;

import java.util.ArrayList;
import java.util.List;

/** The storage plugins that lie in jars, for the time of one session. */
public final class Plugins implements AutoCloseable {

  private final List<Plugin> loaded = new ArrayList<>();

  private Plugins() {}

  /** None: for what needs no storage but the host's own. */
  public static Plugins none() {
    return new Plugins();
  }

  /**
   * Loads every plugin of some places.
   *
   * @throws io.holdfast.application.port.failure.ConfigurationFailure when one cannot be loaded, or
   *     is none for this Holdfast
   */
  public static Plugins load(PluginPlaces places) {
    Plugins plugins = new Plugins();
    List<PluginFiles> found = places.find();
    if (found.isEmpty()) {
      return plugins;
    }
    try {
      ClassLoader window = new SpiWindow(Plugins.class.getClassLoader());
      for (PluginFiles files : found) {
        plugins.loaded.add(Plugin.load(files, window));
      }
      return plugins;
    } catch (RuntimeException | Error failure) {
      plugins.close(failure);
      throw failure;
    }
  }

  /** What they serve. */
  public List<Claim> claims() {
    return loaded.stream().flatMap(plugin -> plugin.claims().stream()).toList();
  }

  /** Closes them because of a failure, which keeps what they say. */
  public void close(Throwable because) {
    for (Plugin plugin : loaded) {
      try {
        plugin.close();
      } catch (RuntimeException alsoFailed) {
        because.addSuppressed(alsoFailed);
      }
    }
  }

  @Override
  public void close() {
    RuntimeException first = null;
    for (Plugin plugin : loaded) {
      try {
        plugin.close();
      } catch (RuntimeException failure) {
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
