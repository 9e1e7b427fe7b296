package io.holdfast.launcher.config;

import io.holdfast.operations.notification.MailServer;
import io.holdfast.operations.notification.MailServer.Encryption;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the url of a mail server. */
final class MailUrl {

  private static final int SUBMISSION = 587;
  private static final int SUBMISSION_BY_TLS = 465;

  private MailUrl() {}

  /** The server of a url, or empty when it is none; a path or a user has no meaning in one. */
  static Optional<MailServer> parse(String text, Encryption starttls) {
    try {
      URI url = new URI(text);
      String beside =
          text(url.getRawUserInfo()) + text(url.getRawQuery()) + text(url.getRawFragment());
      String path = text(url.getRawPath());
      if (url.getHost() == null || !beside.isEmpty() || !(path.isEmpty() || path.equals("/"))) {
        return Optional.empty();
      }
      return switch (text(url.getScheme())) {
        case "smtp" -> Optional.of(server(url, SUBMISSION, starttls));
        case "smtps" -> Optional.of(server(url, SUBMISSION_BY_TLS, Encryption.IMPLICIT));
        default -> Optional.empty();
      };
    } catch (URISyntaxException notAUrl) {
      return Optional.empty();
    }
  }

  private static MailServer server(URI url, int usualPort, Encryption encryption) {
    int port = url.getPort() < 0 ? usualPort : url.getPort();
    return new MailServer(url.getHost(), port, encryption);
  }

  private static String text(@Nullable String part) {
    return Optional.ofNullable(part).orElse("");
  }
}
