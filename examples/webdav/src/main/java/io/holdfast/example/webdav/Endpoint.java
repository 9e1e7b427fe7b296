package io.holdfast.example.webdav;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A target's settings, checked.
 *
 * @param location its url for people, without the user
 * @param root the folder of the store, {@code http} or {@code https}, without a last slash
 * @param login how requests prove who sends them
 * @param timeout how long the server may be silent
 * @param trusted a file of certificates to trust in place of Java's
 */
record Endpoint(String location, URI root, Login login, Duration timeout, Optional<Path> trusted) {

  private static final Set<String> KNOWN =
      Set.of("user", "password", "token", "timeout", "ca-certificates");
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})(s|m)?");
  private static final String EXAMPLE = "Write it as webdavs://user@cloud.example.org/path/backups";

  static Endpoint of(Settings settings, String protocol) {
    for (String key : settings.keys()) {
      if (!KNOWN.contains(key)) {
        throw wrong(
            settings,
            "has an unknown setting: " + key,
            "A WebDAV target knows url, user, password, token, timeout and ca-certificates.");
      }
    }
    URI url = settings.url();
    checkUrl(settings, url);
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String path = url.getRawPath().replaceFirst("/+$", "");
    return new Endpoint(
        url.getScheme() + "://" + url.getHost() + port + path,
        URI.create(protocol + "://" + url.getHost() + port + path),
        login(settings),
        settings
            .value("timeout")
            .map(text -> duration(settings, text))
            .orElse(Duration.ofMinutes(1)),
        settings.value("ca-certificates").map(Path::of));
  }

  /** True when what is sent can be read on the way. */
  boolean isOpen() {
    return root.getScheme().equals("http");
  }

  private static void checkUrl(Settings settings, URI url) {
    if (url.getHost() == null || url.getRawPath() == null) {
      throw wrong(settings, "names no host in its url", EXAMPLE);
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw wrong(
          settings,
          "has a part after the path in its url",
          "Write a ? of a folder as %3F and a # as %23.");
    }
    if (!url.normalize().getRawPath().equals(url.getRawPath())) {
      throw wrong(settings, "has '.', '..' or an empty folder in its url", EXAMPLE);
    }
    if (url.getRawUserInfo() != null && url.getRawUserInfo().indexOf(':') >= 0) {
      throw wrong(
          settings,
          "has a password in its url",
          "Leave it out and give it as a reference, password: ${file:/path}");
    }
  }

  private static Login login(Settings settings) {
    Optional<String> inUrl = Optional.ofNullable(settings.url().getUserInfo());
    Optional<String> user = settings.value("user").or(() -> inUrl);
    if (settings.secret("token").isPresent()) {
      if (user.isPresent() || settings.secret("password").isPresent()) {
        throw wrong(settings, "has a token and a user or password", "Keep one of the two.");
      }
      return Login.byToken(settings.secret("token").get());
    }
    if (user.isPresent() != settings.secret("password").isPresent()) {
      throw wrong(
          settings,
          user.isPresent() ? "has a user and no password" : "has a password and no user",
          "Give both, or neither: user: backup, password: ${file:/path}");
    }
    if (user.isEmpty()) {
      return Login.none();
    }
    if (user.get().indexOf(':') >= 0) {
      throw wrong(settings, "has a ':' in its user's name", "No WebDAV server takes such a name.");
    }
    return Login.byPassword(user.get(), settings.secret("password").orElseThrow());
  }

  private static Duration duration(Settings settings, String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw wrong(settings, "has a wrong timeout: " + text, "Write it as 90s or 5m.");
    }
    long number = Long.parseLong(matcher.group(1));
    return "m".equals(matcher.group(2)) ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
  }

  private static ConfigurationFailure wrong(Settings settings, String problem, String hint) {
    return new ConfigurationFailure("Storage target " + settings.name() + " " + problem, hint);
  }
}
