package io.holdfast.storage.sftp;

import io.holdfast.application.port.out.store.Secret;
import io.holdfast.application.port.out.store.Settings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;

/** Reads what to log in with, and which servers are trusted. */
final class LoginSettings {

  private static final List<String> DEFAULT_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private final Settings settings;
  private final Account account;
  private final List<String> problems;

  LoginSettings(Settings settings, Account account, List<String> problems) {
    this.settings = settings;
    this.account = account;
    this.problems = problems;
  }

  /** What to log in with. */
  Identity identity() {
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

  /** Where the keys of servers are that are trusted. */
  KnownHosts knownHosts() {
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
