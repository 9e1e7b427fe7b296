package io.holdfast.launcher.plugin;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls a plugin's code, and turns whatever it throws beyond its contract into a failure that names
 * the plugin. During a call the plugin's own class loader is the thread's, as libraries that look
 * for services expect.
 */
final class Guard {

  private final String plugin;
  private final ClassLoader loader;

  Guard(String type, Path place, ClassLoader loader) {
    this.plugin = "the storage plugin " + type + " in " + place;
    this.loader = loader;
  }

  /** The plugin, for people. */
  String plugin() {
    return plugin;
  }

  /** Something that a plugin does. */
  @FunctionalInterface
  interface Work<T> {
    @Nullable T run() throws IOException;
  }

  /** Something that a plugin does and that comes to nothing. */
  @FunctionalInterface
  interface Deed {
    void run() throws IOException;
  }

  /** A call at start: what goes wrong is the installation's fault. */
  <T> T whileOpening(Supplier<T> work) {
    @Nullable T result;
    try {
      result = inItsLoader(work::get);
    } catch (Throwable thrown) {
      pass(thrown);
      throw asConfiguration(thrown);
    }
    if (result == null) {
      throw new ConfigurationFailure(
          plugin + " failed at its start: it returned nothing",
          "it is a fault of the plugin: tell whoever wrote it");
    }
    return result;
  }

  /**
   * A call at work: what goes wrong is the storage's fault.
   *
   * @param what the call, for people
   */
  <T> T atWork(String what, Work<T> work) {
    try {
      return returned(what, inItsLoader(work));
    } catch (Throwable thrown) {
      throw asStorage(what, thrown);
    }
  }

  /** The same for a call that returns nothing. */
  void doing(String what, Deed deed) {
    atWork(
        what,
        () -> {
          deed.run();
          return true;
        });
  }

  /** A call on a stream, which may fail as streams do. */
  void streaming(String what, Deed deed) throws IOException {
    try {
      inItsLoader(
          () -> {
            deed.run();
            return true;
          });
    } catch (IOException e) {
      throw e;
    } catch (Throwable thrown) {
      throw asStorage(what, thrown);
    }
  }

  private StorageFailure asStorage(String what, Throwable thrown) {
    pass(thrown);
    return new StorageFailure(
        FailureKind.STORAGE,
        plugin + " failed at " + what + ": " + thrown,
        "it is a fault of the plugin: tell whoever wrote it what --debug shows",
        thrown);
  }

  private ConfigurationFailure asConfiguration(Throwable thrown) {
    return thrown instanceof Error
        ? Misfit.of(plugin, thrown)
        : new ConfigurationFailure(
            plugin + " failed at its start: " + thrown,
            "it is a fault of the plugin: tell whoever wrote it what --debug shows",
            thrown);
  }

  /** What is no plugin's fault, or is told as it should be, goes on unchanged. */
  private static void pass(Throwable thrown) {
    if (thrown instanceof Failure failure) {
      throw failure;
    }
    if (thrown instanceof VirtualMachineError failure) {
      throw failure;
    }
  }

  private <T> T returned(String what, @Nullable T result) {
    if (result == null) {
      throw new StorageFailure(
          FailureKind.STORAGE,
          plugin + " failed at " + what + ": it returned nothing",
          "it is a fault of the plugin: tell whoever wrote it");
    }
    return result;
  }

  private <T> @Nullable T inItsLoader(Work<T> work) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return work.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
