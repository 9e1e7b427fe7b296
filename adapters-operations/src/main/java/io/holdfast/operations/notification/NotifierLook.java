package io.holdfast.operations.notification;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.source.HealthProbe.Finding;
import io.holdfast.application.port.out.source.HealthProbe.Level;
import io.holdfast.application.port.out.store.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says of a notifier what can be said before there is anything to tell. */
final class NotifierLook {

  private static final String HINT = "correct it under notifications: in the configuration";

  private NotifierLook() {}

  static Finding at(Notifier notifier) {
    try {
      return look(notifier);
    } catch (Failure notToBeHad) {
      return failed(notifier, notToBeHad.getMessage(), notToBeHad.hint());
    } catch (UndeliveredException unusable) {
      return failed(notifier, unusable.reason(), HINT);
    }
  }

  static Finding after(Notifier notifier, @Nullable String trouble) {
    return trouble == null
        ? new Finding(subject(notifier), Level.OK, "took a test message", "")
        : failed(notifier, trouble, HINT);
  }

  private static Finding look(Notifier notifier) throws UndeliveredException {
    Channel channel = notifier.channel();
    if (channel instanceof Channel.Mail mail) {
      if (isEmpty(mail.login().map(Channel.Login::password))) {
        return failed(notifier, "its password is empty", HINT);
      }
      Trust.of(mail.authorities());
      String to = mail.to().stream().map(MailAddress::text).collect(Collectors.joining(", "));
      return ok(notifier, "mail to " + to + " by " + mail.server());
    }
    if (channel instanceof Channel.Webhook webhook) {
      if (isEmpty(webhook.key())) {
        return failed(notifier, "its secret is empty", HINT);
      }
      Trust.of(webhook.authorities());
      return address(notifier, webhook.url().get(), "webhook at ");
    }
    if (channel instanceof Channel.Ping ping) {
      Trust.of(ping.authorities());
      return address(notifier, ping.url().get(), "pings to ");
    }
    throw new IllegalStateException("no such channel: " + channel.getClass());
  }

  /** Fetches it, too. */
  private static boolean isEmpty(Optional<Supplier<Secret>> secret) {
    return secret.map(Supplier::get).filter(Secret::isEmpty).isPresent();
  }

  private static Finding address(Notifier notifier, Secret url, String kind) {
    Optional<URI> address = Addresses.parse(url);
    return address.isPresent()
        ? ok(notifier, kind + Addresses.shown(address.get()))
        : failed(notifier, "its url is not " + Addresses.EXPECTED, HINT);
  }

  private static Finding ok(Notifier notifier, String detail) {
    String hint = "`holdfast check --notify` sends it a test message";
    return new Finding(subject(notifier), Level.OK, detail + "; " + hint, "");
  }

  private static Finding failed(Notifier notifier, String detail, String hint) {
    return new Finding(subject(notifier), Level.FAILED, detail, hint);
  }

  private static String subject(Notifier notifier) {
    return "notifier " + notifier.name();
  }
}
