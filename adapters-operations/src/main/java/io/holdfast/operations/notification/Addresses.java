package io.holdfast.operations.notification;

import io.holdfast.application.port.out.store.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Addresses of the web that may be secrets. */
final class Addresses {

  static final String EXPECTED = "an https:// or http:// url without a user";

  private Addresses() {}

  /** The address, or empty when it is none that can be posted to. */
  static Optional<URI> parse(Secret url) {
    return url.reveal(characters -> parse(String.valueOf(characters)));
  }

  private static Optional<URI> parse(String text) {
    try {
      URI address = new URI(text);
      String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      boolean usable =
          (scheme.equals("https") || scheme.equals("http"))
              && address.getHost() != null
              && address.getRawUserInfo() == null
              && address.getRawFragment() == null;
      return usable ? Optional.of(address) : Optional.empty();
    } catch (URISyntaxException notAnAddress) {
      // Its words quote the address.
      return Optional.empty();
    }
  }

  /** What may be shown: {@code https://hooks.example.org}. */
  static String shown(URI address) {
    return address.getScheme() + "://" + address.getHost();
  }

  /** An address below another one, with one more parameter. */
  static URI below(URI address, String path, String parameter) {
    String query = Optional.ofNullable(address.getRawQuery()).map(q -> q + "&").orElse("");
    String whole = Optional.ofNullable(address.getRawPath()).orElse("");
    String base = whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
    return URI.create(
        address.getScheme()
            + "://"
            + address.getRawAuthority()
            + base
            + path
            + "?"
            + query
            + parameter);
  }
}
