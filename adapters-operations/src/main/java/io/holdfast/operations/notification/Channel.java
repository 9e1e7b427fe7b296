package io.holdfast.operations.notification;

import io.holdfast.application.port.out.store.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a notifier is reached. Addresses that open something are secrets, fetched when they are used:
 * one that is not to be had is the notifier's trouble, and no run's.
 */
public sealed interface Channel {

  /** What the address of a webhook or a watchdog has to be, for error messages. */
  String EXPECTED_URL = Addresses.EXPECTED;

  /** True when a text is the address of a webhook or a watchdog. */
  static boolean isUrl(Secret text) {
    return Addresses.parse(text).isPresent();
  }

  /**
   * JSON, posted.
   *
   * @param url where to
   * @param key signs what is posted
   * @param authorities a PEM file of certificates that are trusted beside the usual ones
   */
  record Webhook(Supplier<Secret> url, Optional<Supplier<Secret>> key, Optional<Path> authorities)
      implements Channel {}

  /**
   * Mail.
   *
   * @param server takes it
   * @param login when the server wants one
   * @param from the sender
   * @param to who gets it
   * @param authorities a PEM file of certificates that are trusted beside the usual ones
   */
  record Mail(
      MailServer server,
      Optional<Login> login,
      MailAddress from,
      List<MailAddress> to,
      Optional<Path> authorities)
      implements Channel {
    public Mail {
      to = List.copyOf(to);
    }
  }

  /**
   * A watchdog that is told of the start and the end of every run, and raises an alarm by itself
   * when it hears nothing.
   *
   * @param url that of the check, without {@code /start} or {@code /fail}
   * @param authorities a PEM file of certificates that are trusted beside the usual ones
   */
  record Ping(Supplier<Secret> url, Optional<Path> authorities) implements Channel {}

  /**
   * Who logs in to a mail server.
   *
   * @param user the account
   * @param password its password
   */
  record Login(String user, Supplier<Secret> password) {}
}
