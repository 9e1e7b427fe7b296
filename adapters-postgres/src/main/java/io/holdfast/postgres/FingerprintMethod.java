package io.holdfast.postgres;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a database's fingerprint was taken, as its {@code method} tells: {@code rows-md5sum-1
 * postgresql-15}.
 *
 * @param rows how rows were digested
 * @param major the version of the server, whose way of writing definitions goes into the digests of
 *     them
 */
record FingerprintMethod(RowDigest rows, int major) {

  private static final Pattern TEXT = Pattern.compile("(\\S+) postgresql-(\\d{1,4})");

  String text() {
    return rows.method() + " postgresql-" + major;
  }

  /** Empty for a method that this version does not know. */
  static Optional<FingerprintMethod> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int major = Integer.parseInt(matcher.group(2));
    return RowDigest.ofMethod(matcher.group(1)).map(rows -> new FingerprintMethod(rows, major));
  }
}
