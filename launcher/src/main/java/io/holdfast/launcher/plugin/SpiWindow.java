package io.holdfast.launcher.plugin;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.store.BlobStoreProvider;
import java.util.Set;

/**
 * What a plugin sees of the program around it: the JDK and the storage plugin interface, to the
 * package. Holdfast's libraries are out of sight, so that a plugin may bring another version of any
 * of them.
 */
final class SpiWindow extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private static final Set<String> SHOWN =
      Set.of(BlobStoreProvider.class.getPackageName(), Failure.class.getPackageName());

  private final ClassLoader program;

  SpiWindow(ClassLoader program) {
    super("storage plugin interface", ClassLoader.getPlatformClassLoader());
    this.program = program;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    int end = name.lastIndexOf('.');
    if (end > 0 && SHOWN.contains(name.substring(0, end))) {
      return program.loadClass(name);
    }
    return super.loadClass(name, resolve);
  }
}
