package io.holdfast.operations.notification;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Optional;

/**
 * Whom mail is from or to: {@code ops@example.org}, or {@code Operations <ops@example.org>}.
 *
 * @param text as it was written; one address, in one line
 */
public record MailAddress(String text) {

  /**
   * @throws IllegalArgumentException when it is no address
   */
  public MailAddress {
    if (parsed(text).isEmpty()) {
      throw new IllegalArgumentException("not a mail address: " + text);
    }
  }

  /** The address of a text, or empty when it is none. */
  public static Optional<MailAddress> parse(String text) {
    return parsed(text).map(address -> new MailAddress(text));
  }

  InternetAddress internet() {
    return parsed(text).orElseThrow();
  }

  private static Optional<InternetAddress> parsed(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      return Optional.empty();
    }
    try {
      InternetAddress[] addresses = InternetAddress.parse(text, true);
      boolean whole =
          addresses.length == 1
              && !addresses[0].isGroup()
              && addresses[0].getAddress().matches("[^@]+@[^@]+");
      return whole ? Optional.of(addresses[0]) : Optional.empty();
    } catch (AddressException notAnAddress) {
      return Optional.empty();
    }
  }
}
