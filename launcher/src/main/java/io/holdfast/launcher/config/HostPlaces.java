package io.holdfast.launcher.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where the folders of all hosts lie on a target.
 *
 * @param parent the url of the folder that holds them all
 * @param before what stands between that folder and a host's name, decoded
 * @param after what stands behind a host's name, decoded, without a slash at its end
 */
public record HostPlaces(URI parent, String before, String after) {

  /** What stands for the host's name in a url. */
  static final String HOST = "{host}";

  /** The places of a url; empty when there is no single place for a host's name in its path. */
  static Optional<HostPlaces> of(String url) {
    int at = url.indexOf(HOST);
    int path = url.indexOf('/', url.indexOf("://") + "://".length());
    if (at < 0 || url.indexOf(HOST, at + 1) >= 0 || path < 0 || at < path) {
      return Optional.empty();
    }
    int slash = url.lastIndexOf('/', at);
    String after = url.substring(at + HOST.length());
    try {
      return Optional.of(
          new HostPlaces(
              new URI(url.substring(0, slash == path ? slash + 1 : slash)),
              decoded(url.substring(slash + 1, at)),
              decoded(after.replaceFirst("/+$", ""))));
    } catch (URISyntaxException notAUrl) {
      return Optional.empty();
    }
  }

  private static String decoded(String part) throws URISyntaxException {
    return new URI("file:///" + part).getPath().substring(1);
  }
}
