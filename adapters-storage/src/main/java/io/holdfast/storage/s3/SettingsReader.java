package io.holdfast.storage.s3;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.application.port.out.store.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks a target's settings, and fills in what was not said. */
final class SettingsReader {

  /** The least size of a part that is not the last one, by S3's rules. */
  static final long LEAST_PART = 5L << 20;

  private static final long USUAL_PART = 8L << 20;
  private static final long LARGEST_PART = 1L << 30;
  private static final Set<String> KNOWN =
      new TreeSet<>(
          List.of(
              "access-key",
              "ca-certificates",
              "checksums",
              "chunked-encoding",
              "conditional-create",
              "endpoint",
              "kms-key-id",
              "part-size",
              "path-style",
              "profile",
              "region",
              "secret-key",
              "server-side-encryption",
              "session-token",
              "storage-class",
              "timeout",
              "uploads"));
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,62}");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9}) ?(MiB|GiB)");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smh])");

  private final Settings settings;
  private final SettingTexts texts;

  private SettingsReader(Settings settings) {
    this.settings = settings;
    this.texts = new SettingTexts(settings);
  }

  static S3Settings read(Settings settings) {
    return new SettingsReader(settings).read();
  }

  private S3Settings read() {
    for (String key : settings.keys()) {
      if (!KNOWN.contains(key)) {
        throw new ConfigurationFailure(
            "Storage target " + settings.name() + " has an unknown setting: " + key,
            "A target on S3 knows " + String.join(", ", KNOWN) + ".");
      }
    }
    Optional<URI> endpoint = endpoint();
    return new S3Settings(
        settings.name(),
        location(endpoint),
        texts
            .text("region")
            .map(region -> texts.checked("region", region, "[A-Za-z0-9-]+", "eu-central-1")),
        endpoint,
        texts
            .choice("path-style", "true", "false")
            .map(Boolean::parseBoolean)
            .orElse(endpoint.isPresent()),
        keys(),
        texts.text("profile"),
        checksums(endpoint.isPresent()),
        chunkedEncoding(endpoint.isPresent()),
        conditionalCreate(endpoint.isPresent()),
        encryption(),
        storageClass(),
        partBytes(),
        uploads(),
        timeout(),
        authorities());
  }

  private S3Location location(Optional<URI> endpoint) {
    URI url = settings.url();
    String bucket = Optional.ofNullable(url.getRawAuthority()).orElse("");
    if (bucket.indexOf('@') >= 0) {
      throw texts.wrongUrl("names a user", "Give keys as access-key and secret-key, by reference.");
    }
    if (!BUCKET.matcher(bucket).matches()) {
      throw texts.wrongUrl(
          "does not name a bucket",
          "Write s3://bucket/prefix; the server is the setting endpoint: http://127.0.0.1:9000");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw texts.wrongUrl(
          "has a part after the path", "Write a ? of a prefix as %3F and a # as %23.");
    }
    String path = Optional.ofNullable(url.getPath()).orElse("");
    String prefix = path.replaceFirst("^/", "").replaceFirst("/$", "");
    try {
      String whole = prefix.isEmpty() ? "" : new BlobKey(prefix).value() + "/";
      return new S3Location(bucket, whole, endpoint.map(URI::getRawAuthority));
    } catch (IllegalArgumentException e) {
      throw texts.wrongUrl(
          "has an empty part, a . or a .. in its prefix", "Write s3://bucket/prefix");
    }
  }

  private Optional<URI> endpoint() {
    return texts.text("endpoint").map(this::endpointOf);
  }

  private URI endpointOf(String text) {
    String expected = "the url of a server without a path, such as http://127.0.0.1:9000";
    try {
      URI url = new URI(text);
      String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      String path = Optional.ofNullable(url.getRawPath()).orElse("");
      boolean plain =
          url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawQuery() == null
              && (path.isEmpty() || path.equals("/"));
      if (!plain || !(scheme.equals("http") || scheme.equals("https"))) {
        // Not shown: whoever writes a user into it writes a password too.
        throw texts.wrong("endpoint", "is not " + expected);
      }
      return new URI(scheme + "://" + url.getRawAuthority());
    } catch (URISyntaxException e) {
      throw texts.wrong("endpoint", "is not " + expected);
    }
  }

  private Optional<S3Settings.Keys> keys() {
    Optional<Secret> access = texts.secret("access-key");
    Optional<Secret> secret = texts.secret("secret-key");
    Optional<Secret> session = texts.secret("session-token");
    if (access.isPresent() && secret.isPresent()) {
      if (texts.text("profile").isPresent()) {
        throw texts.wrong("profile", "is given beside keys; expected one or the other");
      }
      return Optional.of(new S3Settings.Keys(access.get(), secret.get(), session));
    }
    if (access.isPresent() || secret.isPresent() || session.isPresent()) {
      String missing = access.isPresent() ? "secret-key" : "access-key";
      throw texts.wrong(
          missing, "is missing; access-key and secret-key are given together or not at all");
    }
    return Optional.empty();
  }

  private S3Settings.Checksums checksums(boolean otherServer) {
    return switch (texts.choice("checksums", "auto", "always", "when-required").orElse("auto")) {
      case "always" -> S3Settings.Checksums.ALWAYS;
      case "when-required" -> S3Settings.Checksums.WHEN_REQUIRED;
      default ->
          otherServer ? S3Settings.Checksums.WHEN_REQUIRED : S3Settings.Checksums.UNTIL_REFUSED;
    };
  }

  private boolean chunkedEncoding(boolean otherServer) {
    // Not every server can read a body that is signed in chunks; all can read one that is not.
    String chosen = texts.choice("chunked-encoding", "auto", "true", "false").orElse("auto");
    return chosen.equals("auto") ? !otherServer : Boolean.parseBoolean(chosen);
  }

  private S3Settings.ConditionalCreate conditionalCreate(boolean otherServer) {
    return switch (texts.choice("conditional-create", "auto", "always", "never").orElse("auto")) {
      case "always" -> S3Settings.ConditionalCreate.ALWAYS;
      case "never" -> S3Settings.ConditionalCreate.NEVER;
      default ->
          otherServer ? S3Settings.ConditionalCreate.PROBED : S3Settings.ConditionalCreate.ALWAYS;
    };
  }

  private Optional<S3Settings.Encryption> encryption() {
    Optional<String> algorithm = texts.choice("server-side-encryption", "AES256", "aws:kms");
    Optional<String> key = texts.text("kms-key-id");
    if (key.isPresent() && !algorithm.equals(Optional.of("aws:kms"))) {
      throw texts.wrong("kms-key-id", "is given without server-side-encryption: aws:kms");
    }
    return algorithm.map(name -> new S3Settings.Encryption(name, key));
  }

  private Optional<String> storageClass() {
    Optional<String> name = texts.text("storage-class");
    if (name.filter(Set.of("GLACIER", "DEEP_ARCHIVE")::contains).isPresent()) {
      throw texts.wrong(
          "storage-class",
          "is "
              + name.get()
              + ", whose blobs cannot be read when they are needed; expected one"
              + " such as STANDARD_IA, INTELLIGENT_TIERING or GLACIER_IR");
    }
    return name.map(each -> texts.checked("storage-class", each, "[A-Za-z0-9_-]+", "STANDARD_IA"));
  }

  private long partBytes() {
    Optional<String> text = texts.text("part-size");
    if (text.isEmpty()) {
      return USUAL_PART;
    }
    Matcher size = SIZE.matcher(text.get());
    long bytes = size.matches() ? Long.parseLong(size.group(1)) << shiftOf(size.group(2)) : 0;
    if (bytes < LEAST_PART || bytes > LARGEST_PART) {
      throw texts.wrong(
          "part-size", "is " + text.get() + "; expected a size from 5MiB to 1GiB, such as 16MiB");
    }
    return bytes;
  }

  private static int shiftOf(String unit) {
    return unit.equals("GiB") ? 30 : 20;
  }

  private int uploads() {
    String text = texts.text("uploads").orElse("3");
    if (!text.matches("[1-9]\\d?")) {
      throw texts.wrong("uploads", "is " + text + "; expected a number from 1 to 99");
    }
    return Integer.parseInt(text);
  }

  private Duration timeout() {
    String text = texts.text("timeout").orElse("60s");
    Matcher duration = DURATION.matcher(text);
    long seconds =
        duration.matches() ? Long.parseLong(duration.group(1)) * secondsOf(duration.group(2)) : 0;
    if (seconds < 1 || seconds > 3600) {
      throw texts.wrong(
          "timeout", "is " + text + "; expected a duration from 1s to 1h, such as 90s");
    }
    return Duration.ofSeconds(seconds);
  }

  private static long secondsOf(String unit) {
    return switch (unit) {
      case "h" -> 3600;
      case "m" -> 60;
      default -> 1;
    };
  }

  private Optional<Path> authorities() {
    Optional<Path> file = texts.text("ca-certificates").map(Path::of);
    if (file.isPresent() && !Files.isReadable(file.get())) {
      throw texts.wrong("ca-certificates", "names no readable file: " + file.get());
    }
    return file;
  }
}
