package io.holdfast.launcher.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the storage targets. What a plugin's own keys mean is the plugin's to say. */
final class StorageReader {

  /** Keys whose value opens something: it must not stand in the file. */
  private static final Pattern SECRET_KEY =
      Pattern.compile(
          "(.*-)?(password|passphrase|passwd|secret|token|credentials?)(-.*)?"
              + "|(.*-)?(access|secret|account|api)-key(-id)?");

  private final StorageSchemes schemes;
  private final String host;

  StorageReader(StorageSchemes schemes, String host) {
    this.schemes = schemes;
    this.host = host;
  }

  /** Reads every target; a {@code quorum} beside them that is a number is none. */
  List<TargetConfig> read(Section storage, Needs needs) {
    List<TargetConfig> targets = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(storage.keys());
    if (storage.isScalar(QUORUM)) {
      names.remove(QUORUM);
    }
    storage
        .namedSections(names, needs::needsTarget)
        .forEach((name, section) -> readTarget(name, section).ifPresent(targets::add));
    if (names.isEmpty()) {
      storage.problem("", "names no target; expected at least one, such as " + EXAMPLE);
    }
    return targets;
  }

  /**
   * Reads how many targets have to hold a set: beside the targets, or at the top.
   *
   * @param root the whole file
   */
  static int readQuorum(Section root, Optional<Section> storage) {
    Optional<Section> beside = storage.filter(section -> section.isScalar(QUORUM));
    int targets =
        storage.map(section -> section.keys().size()).orElse(0) - (beside.isPresent() ? 1 : 0);
    int most = Math.max(1, targets);
    Optional<Integer> top = root.number(QUORUM, 1, most);
    if (beside.isEmpty()) {
      return top.orElse(1);
    }
    if (root.keys().contains(QUORUM)) {
      root.problem(QUORUM, "stands in storage: too; expected it in one place");
    }
    return beside.get().number(QUORUM, 1, most).orElse(1);
  }

  private static final String REQUIRED = "required";
  private static final String QUORUM = "quorum";

  static final String EXAMPLE = "local: {url: \"file:///var/backups/holdfast\"}";

  /** Reads one target. */
  Optional<TargetConfig> readTarget(String name, Section section) {
    Optional<Url> url = readUrl(section);
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, SecretReference> secrets = new LinkedHashMap<>();
    boolean required = section.flag(REQUIRED).orElse(true);
    for (String key : section.keys()) {
      if (!key.equals("url") && !key.equals(REQUIRED)) {
        readSetting(section, key, values, secrets);
      }
    }
    return url.map(
        u ->
            new TargetConfig(
                name, section.position(), u.resolved, u.written, required, values, secrets));
  }

  private static void readSetting(
      Section section,
      String key,
      Map<String, String> values,
      Map<String, SecretReference> secrets) {
    Optional<Value> raw = section.raw(key);
    boolean isSecret = SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT).replace('_', '-')).matches();
    if (isSecret || raw.flatMap(value -> Reference.parse(value.text())).isPresent()) {
      raw.flatMap(section.reading()::secret).ifPresent(secret -> secrets.put(key, secret));
      return;
    }
    raw.flatMap(section.reading()::expand).ifPresent(value -> values.put(key, value.text()));
  }

  private Optional<Url> readUrl(Section section) {
    if (!section.keys().contains("url")) {
      section.problem("url", "missing; expected a url such as file:///var/backups/holdfast");
      return Optional.empty();
    }
    return section
        .value("url")
        .flatMap(
            value ->
                checkUrl(value, section.reading())
                    .map(resolved -> new Url(value.text(), resolved)));
  }

  private Optional<URI> checkUrl(Value value, Reading reading) {
    Optional<URI> parsed = parse(value.text().replace(HostPlaces.HOST, percentEncoded(host)));
    if (parsed.isEmpty() || parsed.get().getScheme() == null) {
      String expected = "expected a url such as file:///var/backups/holdfast, with odd characters";
      reading.problem(value, expected + " percent-encoded");
      return Optional.empty();
    }
    URI url = parsed.get();
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    if (!schemes.has(scheme)) {
      String known = String.join(", ", new TreeSet<>(schemes.all()));
      String text = "no storage plugin serves " + scheme + " urls; known: " + known;
      reading.problem(value, text);
      return Optional.empty();
    }
    String user = Optional.ofNullable(url.getUserInfo()).orElse("");
    if (user.indexOf(':') >= 0) {
      String text = "a password stands in the url; leave it out and give it as a reference, ";
      reading.problem(value, text + "password: " + Reference.EXPECTED);
      return Optional.empty();
    }
    return Optional.of(url);
  }

  private static Optional<URI> parse(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException notAUrl) {
      return Optional.empty();
    }
  }

  /** A url as it is written, and with the host's name in it. */
  private record Url(String written, URI resolved) {}

  private static String percentEncoded(String text) {
    try {
      return new URI(null, null, "/" + text, null).getRawPath().substring(1);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("any text can be a path", impossible);
    }
  }
}
