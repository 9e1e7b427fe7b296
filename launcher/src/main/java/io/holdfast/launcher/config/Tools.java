package io.holdfast.launcher.config;

import java.util.Optional;

/** Where a cluster's client programs run. */
public sealed interface Tools {

  /** What is expected, for error messages. */
  String EXPECTED = "host or container:NAME";

  /** Programs of the host. */
  record OnHost() implements Tools {}

  /**
   * Programs inside a container.
   *
   * @param name the container's
   */
  record InContainer(String name) implements Tools {}

  /** The place that a text means; empty when it is none. */
  static Optional<Tools> parse(String text) {
    if (text.equals("host")) {
      return Optional.of(new OnHost());
    }
    String prefix = "container:";
    boolean named = text.startsWith(prefix) && text.length() > prefix.length();
    return named ? Optional.of(new InContainer(text.substring(prefix.length()))) : Optional.empty();
  }
}
