package io.holdfast.launcher.config;

import io.holdfast.application.port.out.store.Secret;
import io.holdfast.domain.history.RunKind;
import io.holdfast.operations.notification.Channel;
import io.holdfast.operations.notification.MailAddress;
import io.holdfast.operations.notification.MailServer;
import io.holdfast.operations.notification.MailServer.Encryption;
import io.holdfast.operations.notification.Notifier;
import io.holdfast.operations.notification.Occasion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads who is told of runs. Secrets are left alone until something is to be told: one that is not
 * to be had must not stop a backup.
 */
final class NotifierReader {

  private static final int MOST = 16;
  private static final String WEBHOOK = "webhook";
  private static final String SMTP = "smtp";
  private static final String PING = "ping";
  private static final String STARTTLS = "starttls";
  private static final String PASSWORD = "password";

  private NotifierReader() {}

  static List<Notifier> read(Section notifications) {
    List<Notifier> notifiers = new ArrayList<>();
    notifications
        .namedSections(name -> true)
        .forEach((name, section) -> readOne(name, section).ifPresent(notifiers::add));
    if (notifications.keys().size() > MOST) {
      notifications.problem("", "names more than " + MOST + " notifiers; expected fewer");
    }
    return notifiers;
  }

  private static Optional<Notifier> readOne(String name, Section section) {
    List<String> kinds =
        List.of(WEBHOOK, SMTP, PING).stream().filter(section.keys()::contains).toList();
    if (kinds.size() != 1) {
      section.problem("", "expected one of webhook:, smtp: and ping:, which tells what it is");
      return Optional.empty();
    }
    Optional<Notifier> notifier =
        switch (kinds.get(0)) {
          case WEBHOOK -> readWebhook(section).map(channel -> told(name, channel, section));
          case SMTP -> readMail(section).map(channel -> told(name, channel, section));
          default -> readPing(section).map(channel -> watching(name, channel, section));
        };
    section.end();
    return notifier;
  }

  private static Notifier told(String name, Channel channel, Section section) {
    Set<Occasion> on =
        readWords(section, "on", Occasion::ofWord, Occasion.words())
            .map(EnumSet::copyOf)
            .orElseGet(() -> EnumSet.allOf(Occasion.class));
    return new Notifier(
        name, channel, on, readFor(section).orElseGet(() -> EnumSet.allOf(RunKind.class)));
  }

  private static Notifier watching(String name, Channel channel, Section section) {
    Set<RunKind> kinds = readFor(section).orElseGet(() -> EnumSet.of(RunKind.BACKUP));
    return new Notifier(name, channel, Set.of(), kinds);
  }

  private static Optional<Set<RunKind>> readFor(Section section) {
    List<String> commands = Arrays.stream(RunKind.values()).map(RunKind::command).toList();
    return readWords(section, "for", RunKind::ofCommand, commands).map(EnumSet::copyOf);
  }

  /** A word, or a list of words, that all have a meaning. */
  private static <T> Optional<Set<T>> readWords(
      Section section, String key, Function<String, Optional<T>> meaning, List<String> known) {
    Optional<List<String>> words =
        section.isScalar(key) ? section.text(key).map(List::of) : section.texts(key);
    if (words.isEmpty()) {
      return Optional.empty();
    }
    List<T> meant = words.get().stream().flatMap(word -> meaning.apply(word).stream()).toList();
    if (meant.isEmpty() || meant.size() < words.get().size()) {
      section.problem(key, "expected some of " + String.join(", ", known));
      return Optional.empty();
    }
    return Optional.of(Set.copyOf(meant));
  }

  private static Optional<Channel> readWebhook(Section section) {
    Optional<Supplier<Secret>> url = readUrl(section, WEBHOOK);
    Optional<Supplier<Secret>> key = section.laterSecret("secret");
    Optional<Path> authorities = section.path(AUTHORITIES);
    return url.map(address -> new Channel.Webhook(address, key, authorities));
  }

  private static Optional<Channel> readPing(Section section) {
    Optional<Supplier<Secret>> url = readUrl(section, PING);
    Optional<Path> authorities = section.path(AUTHORITIES);
    return url.map(address -> new Channel.Ping(address, authorities));
  }

  private static final String AUTHORITIES = "ca-certificates";

  /** One that holds no reference is looked at here; it is a secret all the same. */
  private static Optional<Supplier<Secret>> readUrl(Section section, String key) {
    Optional<Supplier<Secret>> url = section.laterText(key);
    boolean plain = section.raw(key).filter(value -> !value.text().contains("${")).isPresent();
    if (plain && url.filter(address -> Channel.isUrl(address.get())).isEmpty()) {
      section.problem(key, "expected " + Channel.EXPECTED_URL + ", or a reference to one");
      return Optional.empty();
    }
    return url;
  }

  private static Optional<Channel> readMail(Section section) {
    Optional<Encryption> starttls =
        section.parsed(STARTTLS, "required, when-offered or never", NotifierReader::encryption);
    Optional<MailServer> server = readServer(section, starttls.orElse(Encryption.REQUIRED));
    Optional<String> user = section.text("user");
    Optional<Supplier<Secret>> password = section.laterSecret(PASSWORD);
    Optional<MailAddress> from =
        section.parsed("from", "an address such as holdfast@example.org", MailAddress::parse);
    Optional<List<MailAddress>> to = readTo(section);
    Optional<Path> authorities = section.path(AUTHORITIES);
    checkMail(section, server, starttls);
    if (server.isEmpty() || from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    Optional<Channel.Login> login =
        user.flatMap(name -> password.map(secret -> new Channel.Login(name, secret)));
    return Optional.of(new Channel.Mail(server.get(), login, from.get(), to.get(), authorities));
  }

  private static Optional<MailServer> readServer(Section section, Encryption starttls) {
    if (section.raw(SMTP).filter(value -> value.text().contains("@")).isPresent()) {
      // It may be a password, too: it is not shown.
      section.problem(SMTP, "a user stands in the url; give user: and password: beside it");
      return Optional.empty();
    }
    return section.parsed(
        SMTP,
        "smtp://mail.example.org:587, or smtps:// for encryption from the first byte",
        text -> MailUrl.parse(text, starttls));
  }

  private static void checkMail(
      Section section, Optional<MailServer> server, Optional<Encryption> starttls) {
    boolean implicit = server.filter(s -> s.encryption() == Encryption.IMPLICIT).isPresent();
    if (implicit && starttls.isPresent()) {
      section.problem(STARTTLS, "goes with smtp:// alone; smtps:// is encrypted without");
    }
    boolean hasPassword = section.keys().contains(PASSWORD);
    if (hasPassword != section.keys().contains("user")) {
      section.problem("", "expected user: and password: together, or neither");
    }
    if (hasPassword && server.filter(s -> !s.keepsPasswords()).isPresent()) {
      section.problem(
          STARTTLS, "would let others read the password; expected required, or smtps:// urls");
    }
    for (String key : List.of("from", "to")) {
      if (!section.keys().contains(key)) {
        section.problem(key, "missing; expected an address such as ops@example.org");
      }
    }
  }

  private static Optional<List<MailAddress>> readTo(Section section) {
    Optional<List<String>> texts =
        section.isScalar("to") ? section.text("to").map(List::of) : section.texts("to");
    if (texts.isEmpty()) {
      return Optional.empty();
    }
    List<MailAddress> to =
        texts.get().stream().flatMap(text -> MailAddress.parse(text).stream()).toList();
    if (to.isEmpty() || to.size() < texts.get().size()) {
      section.problem("to", "expected addresses such as [\"ops@example.org\"]");
      return Optional.empty();
    }
    return Optional.of(to);
  }

  private static Optional<Encryption> encryption(String text) {
    return switch (text) {
      case "required" -> Optional.of(Encryption.REQUIRED);
      case "when-offered" -> Optional.of(Encryption.WHEN_OFFERED);
      case "never" -> Optional.of(Encryption.NEVER);
      default -> Optional.empty();
    };
  }
}
