package io.holdfast.launcher.plugin;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Set;

/** The types of ours that somebody meets who uses a type by what is public in it. */
final class Signatures {

  private final Set<Class<?>> met = new LinkedHashSet<>();

  private Signatures() {}

  static Set<Class<?>> below(Class<?> type) {
    Signatures signatures = new Signatures();
    signatures.meet(type);
    return signatures.met;
  }

  private void meet(Class<?> type) {
    if (!type.getName().startsWith("io.holdfast.") || !met.add(type)) {
      return;
    }
    for (Method method : type.getMethods()) {
      meet(method.getReturnType());
      Set.of(method.getParameterTypes()).forEach(this::meet);
    }
    for (Constructor<?> constructor : type.getConstructors()) {
      for (Class<?> parameter : constructor.getParameterTypes()) {
        meet(parameter);
      }
    }
  }
}
