package io.holdfast.storage.sftp;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.application.port.out.store.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;

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

  private static final List<String> DEFAULT_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private static final Pattern SERVER =
      Pattern.compile("(?:([^@]*)@)?(\\[[0-9A-Fa-f:.]+]|[^@:\\[\\]/\\s]+)(?::(\\d{1,5}))?");

  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(s|m|h)");

  private static final String URL_EXAMPLE = "sftp://backup@nas:22/srv/backups";

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
    List<Hop> hops = new ArrayList<>(via());
    Optional<Hop> server = server();
    server.ifPresent(hops::add);
    final Optional<RemotePath> root = root();
    final KnownHosts knownHosts = knownHosts();
    final Duration timeout = duration("timeout", Duration.ofSeconds(60), Duration.ofSeconds(1));
    final Duration keepAlive = duration("keep-alive", Duration.ofSeconds(15), Duration.ZERO);
    final Identity identity = identity();
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

  private Optional<Hop> server() {
    URI url = settings.url();
    String authority = url.getRawAuthority();
    if (authority == null) {
      problems.add("url names no server; expected one like " + URL_EXAMPLE);
      return Optional.empty();
    }
    if (authority.replaceFirst("@.*", "").contains(":") && authority.contains("@")) {
      problems.add("url holds a password; expected it as a reference in the setting password");
      return Optional.empty();
    }
    Optional<Hop> server = hop(authority, url.getUserInfo());
    if (server.isEmpty()) {
      problems.add("url names no server that can be understood; expected one like " + URL_EXAMPLE);
    }
    return server;
  }

  private Optional<Hop> hop(String text, @org.jspecify.annotations.Nullable String decodedUser) {
    Matcher parts = SERVER.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String written = parts.group(1);
    String user = decodedUser != null ? decodedUser : written == null ? account.user() : written;
    String host = parts.group(2);
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = parts.group(3) == null ? Hop.DEFAULT_PORT : Integer.parseInt(parts.group(3));
    if (user.isEmpty() || host.startsWith("-") || port < 1 || port > 65535) {
      return Optional.empty();
    }
    return Optional.of(new Hop(user, host, port));
  }

  private List<Hop> via() {
    List<Hop> hops = new ArrayList<>();
    Optional<String> setting = settings.value("via");
    if (setting.isEmpty()) {
      return hops;
    }
    for (String each : setting.get().split(",", -1)) {
      Optional<Hop> hop =
          each.contains("@") && each.replaceFirst("@.*", "").contains(":")
              ? Optional.empty()
              : hop(each.strip(), null);
      if (hop.isEmpty()) {
        problems.add("via is not understood; expected servers like user@jump:22, commas between");
        return hops;
      }
      hops.add(hop.get());
    }
    return hops;
  }

  private Optional<RemotePath> root() {
    URI url = settings.url();
    String path = url.getPath();
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      problems.add("url has a part after the path; write a ? of a folder as %3F and a # as %23");
      return Optional.empty();
    }
    if (path == null || !path.startsWith("/")) {
      problems.add("url names no folder; expected one like " + URL_EXAMPLE);
      return Optional.empty();
    }
    if (path.indexOf('\uFFFD') >= 0 || path.indexOf(0) >= 0) {
      problems.add("url is not UTF-8 once its percent signs are decoded");
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        problems.add("url climbs up by ..; expected a whole path");
        return Optional.empty();
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    boolean fromHome = !names.isEmpty() && names.get(0).equals("~");
    if (fromHome) {
      names.remove(0);
    }
    if (names.isEmpty()) {
      problems.add("url names no folder of its own; expected one like " + URL_EXAMPLE);
      return Optional.empty();
    }
    return Optional.of(RemotePath.of((fromHome ? "" : "/") + String.join("/", names)));
  }

  private KnownHosts knownHosts() {
    Optional<Path> file = settings.value("known-hosts").flatMap(text -> path("known-hosts", text));
    if (file.filter(Files::isDirectory).isPresent()) {
      problems.add("known-hosts is a folder, " + file.get() + "; expected a file");
    }
    return new KnownHosts(
        file.map(List::of)
            .orElseGet(
                () ->
                    List.of(
                        account.home().resolve(".ssh/known_hosts"),
                        Path.of("/etc/ssh/ssh_known_hosts"))));
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
          Duration.parse("PT" + parts.group(1) + parts.group(2).toUpperCase(java.util.Locale.ROOT));
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

  private Identity identity() {
    Optional<Secret> passphrase = settings.secret("passphrase");
    List<KeyProvider> keys = new ArrayList<>();
    boolean keyGiven = settings.keys().contains("private-key");
    settings
        .value("private-key")
        .flatMap(text -> path("private-key", text))
        .ifPresent(file -> addKey(keys, file, passphrase));
    settings
        .secret("private-key")
        .filter(key -> !key.isEmpty())
        .ifPresent(key -> addKey(keys, key, passphrase));
    if (passphrase.isPresent() && !keyGiven) {
      problems.add("passphrase is given without private-key");
    }
    Optional<Path> agent = agent();
    Optional<Secret> password = settings.secret("password");
    if (!keyGiven && agent.isEmpty() && password.isEmpty() && !settings.keys().contains("agent")) {
      addDefaultKeys(keys);
      if (keys.isEmpty()) {
        problems.add(
            "nothing to log in with; expected private-key, agent: true or password, or a key in "
                + account.home().resolve(".ssh"));
      }
    } else if (keys.isEmpty() && agent.isEmpty() && password.isEmpty() && problems.isEmpty()) {
      problems.add("nothing to log in with; expected private-key, agent: true or password");
    }
    return new Identity(List.copyOf(keys), agent, password);
  }

  private void addDefaultKeys(List<KeyProvider> keys) {
    for (String name : DEFAULT_KEYS) {
      Path file = account.home().resolve(".ssh").resolve(name);
      if (Files.isRegularFile(file)) {
        addKey(keys, file, Optional.empty());
      }
    }
  }

  private void addKey(List<KeyProvider> keys, Path file, Optional<Secret> passphrase) {
    try {
      keys.add(PrivateKeys.read(file, passphrase));
    } catch (PrivateKeys.UnusableKeyException e) {
      problems.add("private-key " + file + " cannot be used: " + e.getMessage());
    }
  }

  private void addKey(List<KeyProvider> keys, Secret content, Optional<Secret> passphrase) {
    Optional<String> problem =
        content.reveal(
            text -> {
              try {
                keys.add(PrivateKeys.parse(text, passphrase));
                return Optional.empty();
              } catch (PrivateKeys.UnusableKeyException e) {
                return Optional.of(String.valueOf(e.getMessage()));
              }
            });
    problem.ifPresent(why -> problems.add("the key of private-key cannot be used: " + why));
  }

  private Optional<Path> agent() {
    Optional<String> setting = settings.value("agent");
    if (setting.isEmpty() || setting.get().equals("false")) {
      return Optional.empty();
    }
    if (!setting.get().equals("true")) {
      problems.add("agent is " + setting.get() + "; expected true or false");
      return Optional.empty();
    }
    if (account.agent().isEmpty()) {
      problems.add("agent is true, and SSH_AUTH_SOCK names no running ssh-agent");
    }
    return account.agent();
  }

  private Optional<Path> path(String key, String text) {
    try {
      Path path = text.startsWith("~/") ? account.home().resolve(text.substring(2)) : Path.of(text);
      if (path.isAbsolute()) {
        return Optional.of(path);
      }
    } catch (InvalidPathException e) {
      problems.add(key + " is not a path: " + e.getReason());
      return Optional.empty();
    }
    problems.add(key + " is " + text + "; expected a whole path, or one that begins with ~/");
    return Optional.empty();
  }
}
