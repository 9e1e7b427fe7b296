package io.holdfast.storage.sftp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A line of {@code known_hosts}, as sshd(8) describes it.
 *
 * @param marker {@code @revoked}, {@code @cert-authority}, or empty
 * @param hosts patterns with commas between them, or one hashed name
 * @param type of the key
 * @param key in base 64
 * @param comment what else there is
 */
record KnownHostsLine(String marker, String hosts, String type, String key, String comment) {

  static final String REVOKED = "@revoked";

  private static final String HASHED = "|1|";

  /** The line, unless it is empty, a comment, or none that OpenSSH would take. */
  static Optional<KnownHostsLine> parse(String text) {
    String line = text.strip();
    if (line.isEmpty() || line.startsWith("#")) {
      return Optional.empty();
    }
    List<String> fields = new ArrayList<>(Arrays.asList(line.split("[ \t]+", -1)));
    String marker = fields.get(0).startsWith("@") ? fields.remove(0) : "";
    if (fields.size() < 3) {
      return Optional.empty();
    }
    return Optional.of(
        new KnownHostsLine(
            marker,
            fields.get(0),
            fields.get(1),
            fields.get(2),
            String.join(" ", fields.subList(3, fields.size()))));
  }

  boolean isPlain() {
    return marker.isEmpty();
  }

  boolean isRevocation() {
    return marker.equals(REVOKED);
  }

  boolean isOf(ServerPublicKey other) {
    return type.equals(other.type()) && key.equals(other.base64());
  }

  /** True when it speaks of a host, whose name is in the form of {@link Hop#pinnedName()}. */
  boolean names(String host) {
    if (hosts.startsWith(HASHED)) {
      return isHashOf(host);
    }
    boolean named = false;
    for (String pattern : patterns()) {
      boolean negated = pattern.startsWith("!");
      if (matches(negated ? pattern.substring(1) : pattern, host)) {
        if (negated) {
          return false;
        }
        named = true;
      }
    }
    return named;
  }

  /** The line without a host that it names by its name or hash; nothing when no other is left. */
  Optional<KnownHostsLine> without(String host) {
    if (hosts.startsWith(HASHED)) {
      return isHashOf(host) ? Optional.empty() : Optional.of(this);
    }
    List<String> others = new ArrayList<>(patterns());
    others.removeIf(pattern -> pattern.equalsIgnoreCase(host));
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(new KnownHostsLine(marker, String.join(",", others), type, key, comment));
  }

  /** The line's text. */
  String text() {
    return (marker + " " + hosts + " " + type + " " + key + " " + comment).strip();
  }

  private List<String> patterns() {
    return Arrays.asList(hosts.split(",", -1));
  }

  private static boolean matches(String pattern, String host) {
    return globMatches(pattern.toLowerCase(Locale.ROOT), 0, host, 0);
  }

  private static boolean globMatches(String pattern, int p, String text, int t) {
    if (p == pattern.length()) {
      return t == text.length();
    }
    if (pattern.charAt(p) == '*') {
      return globMatches(pattern, p + 1, text, t)
          || (t < text.length() && globMatches(pattern, p, text, t + 1));
    }
    return t < text.length()
        && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))
        && globMatches(pattern, p + 1, text, t + 1);
  }

  private boolean isHashOf(String host) {
    String[] parts = hosts.substring(HASHED.length()).split("\\|", -1);
    if (parts.length != 2) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[0]), "HmacSHA1"));
      byte[] expected = mac.doFinal(host.getBytes(StandardCharsets.UTF_8));
      return MessageDigest.isEqual(expected, Base64.getDecoder().decode(parts[1]));
    } catch (GeneralSecurityException | IllegalArgumentException notAHash) {
      return false;
    }
  }
}
