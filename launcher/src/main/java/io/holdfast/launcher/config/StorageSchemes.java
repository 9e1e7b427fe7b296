package io.holdfast.launcher.config;

import java.util.Set;

/** The url schemes that storage plugins serve. */
public interface StorageSchemes {

  /** True when a plugin serves the scheme; looks no further than it must. */
  boolean has(String scheme);

  /** All of them. */
  Set<String> all();
}
