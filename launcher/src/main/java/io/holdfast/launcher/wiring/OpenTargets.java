package io.holdfast.launcher.wiring;

import io.holdfast.application.catalog.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes targets, all of them, whatever one of them says. */
final class OpenTargets {

  private OpenTargets() {}

  static void close(List<Target> targets) {
    RuntimeException first = null;
    for (Target target : targets) {
      first = close(target, first);
    }
    if (first != null) {
      throw first;
    }
  }

  /** Closes them because of a failure, which keeps what they say. */
  static void close(List<Target> targets, Throwable because) {
    try {
      close(targets);
    } catch (RuntimeException alsoFailed) {
      because.addSuppressed(alsoFailed);
    }
  }

  private static @Nullable RuntimeException close(
      Target target, @Nullable RuntimeException earlier) {
    try {
      target.store().close();
    } catch (RuntimeException failure) {
      if (earlier == null) {
        return failure;
      }
      earlier.addSuppressed(failure);
    }
    return earlier;
  }
}
