package io.holdfast.launcher.config;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where Prometheus finds figures of runs.
 *
 * @param textFile a file for node_exporter's textfile collector
 * @param listen an address that {@code schedule run} serves them on, not yet looked up
 */
public record MetricsConfig(Optional<Path> textFile, Optional<InetSocketAddress> listen) {

  static MetricsConfig read(Section section) {
    MetricsConfig metrics =
        new MetricsConfig(
            section.path("textfile").filter(path -> isTextFile(section, path)),
            section.parsed("listen", "an address such as 127.0.0.1:9842", MetricsConfig::address));
    if (!section.keys().contains("textfile") && !section.keys().contains("listen")) {
      section.problem("", "expected textfile: with a path, listen: with an address, or both");
    }
    section.end();
    return metrics;
  }

  /** node_exporter passes over every other file without a word. */
  private static boolean isTextFile(Section section, Path path) {
    boolean named = path.toString().endsWith(".prom");
    if (!named) {
      section.problem(
          "textfile", "expected a path that ends in .prom: node_exporter reads no other");
    }
    return named;
  }

  private static Optional<InetSocketAddress> address(String text) {
    try {
      URI url = new URI("x://" + text);
      boolean plain = text.equals(url.getHost() + ":" + url.getPort());
      return plain && url.getPort() > 0 && url.getPort() <= 65_535
          ? Optional.of(InetSocketAddress.createUnresolved(url.getHost(), url.getPort()))
          : Optional.empty();
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }
}
