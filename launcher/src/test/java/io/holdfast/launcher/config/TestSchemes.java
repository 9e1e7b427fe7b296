package io.holdfast.launcher.config;

import java.util.Set;

/** Schemes that a test decides. */
public record TestSchemes(Set<String> all) implements StorageSchemes {

  public static TestSchemes of(String... schemes) {
    return new TestSchemes(Set.of(schemes));
  }

  @Override
  public boolean has(String scheme) {
    return all.contains(scheme);
  }
}
