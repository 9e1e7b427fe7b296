package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.application.port.out.store.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns settings into a target; finds all that is wrong with them at once. */
final class SftpSettings {

  private static final Set<String> KNOWN =
      new TreeSet<>(
          Set.of(
              "private-key",
              "passphrase",
              "password",
              "agent",
              "known-hosts",
              "via",
              "timeout",
              "keep-alive"));

  private static final Set<String> SECRETS = Set.of("private-key", "passphrase", "password");

  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(s|m|h)");

  private final Settings settings;
  private final Account account;
  private final List<String> problems = new ArrayList<>();

  SftpSettings(Settings settings, Account account) {
    this.settings = settings;
    this.account = account;
  }

  /**
   * The target.
   *
   * @throws ConfigurationFailure when anything is wrong; it names all of it
   */
  SftpTarget read() {
    refuseUnknown();
    ServerSettings where = new ServerSettings(settings, account, problems);
    LoginSettings login = new LoginSettings(settings, account, problems);
    List<Hop> hops = new ArrayList<>(where.via());
    Optional<Hop> server = where.server();
    server.ifPresent(hops::add);
    final Optional<RemotePath> root = where.root();
    final KnownHosts knownHosts = login.knownHosts();
    final Duration timeout = duration("timeout", Duration.ofSeconds(60), Duration.ofSeconds(1));
    final Duration keepAlive = duration("keep-alive", Duration.ofSeconds(15), Duration.ZERO);
    final Identity identity = login.identity();
    if (!problems.isEmpty() || root.isEmpty() || server.isEmpty()) {
      throw new ConfigurationFailure(
          "Storage target " + settings.name() + ": " + String.join("; ", problems),
          "A target on an SSH server has the settings url, " + String.join(", ", KNOWN) + ".");
    }
    String location =
        "sftp://" + server.get() + (root.get().raw().startsWith("/") ? "" : "/~/") + root.get();
    return new SftpTarget(
        settings.name(),
        location,
        List.copyOf(hops),
        root.get(),
        knownHosts,
        identity,
        timeout,
        keepAlive);
  }

  private void refuseUnknown() {
    for (String key : settings.keys()) {
      if (!KNOWN.contains(key)) {
        problems.add("unknown setting: " + key);
      } else if (settings.secret(key).isPresent() && !SECRETS.contains(key)) {
        problems.add(key + " is no secret, and must stand here in the open");
      } else if (settings.secret(key).filter(Secret::isEmpty).isPresent()) {
        problems.add(key + " is empty");
      }
    }
    for (String secret : List.of("password", "passphrase")) {
      if (settings.value(secret).isPresent()) {
        problems.add(
            secret + " stands in the open; expected a reference, ${env:NAME} or ${file:PATH}");
      }
    }
  }

  private Duration duration(String key, Duration standard, Duration least) {
    Optional<String> text = settings.value(key);
    if (text.isEmpty()) {
      return standard;
    }
    Matcher parts = DURATION.matcher(text.get().strip());
    if (text.get().strip().equals("0") && least.isZero()) {
      return Duration.ZERO;
    }
    if (parts.matches()) {
      Duration given =
          Duration.parse("PT" + parts.group(1) + parts.group(2).toUpperCase(Locale.ROOT));
      if (given.compareTo(least) >= 0 && given.compareTo(Duration.ofDays(1)) <= 0) {
        return given;
      }
    }
    problems.add(
        key
            + " is "
            + text.get()
            + "; expected a time from "
            + least.toSeconds()
            + "s to 24h, such as 90s or 5m");
    return standard;
  }
}
