package io.holdfast.postgres;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a database's fingerprint was taken, as its {@code method} tells: {@code rows-md5sum-1
 * definitions-2 postgresql-15}.
 *
 * @param rows how rows were digested
 * @param definitions which of the ways to describe definitions: the first was not named
 * @param major the version of the server, whose way of writing definitions goes into the digests of
 *     them
 */
record FingerprintMethod(RowDigest rows, int definitions, int major) {

  /**
   * The second way describes foreign servers, user mappings and the options of foreign tables, and
   * the rows, columns and schemas that a publication is confined to.
   */
  private static final int NEWEST = 2;

  private static final Pattern TEXT =
      Pattern.compile("(\\S+)(?: definitions-(\\d))? postgresql-(\\d{1,4})");

  /** That of a fingerprint that is taken now. */
  static FingerprintMethod newest(RowDigest rows, int major) {
    return new FingerprintMethod(rows, NEWEST, major);
  }

  /** The same on another server. */
  FingerprintMethod on(int otherMajor) {
    return new FingerprintMethod(rows, definitions, otherMajor);
  }

  boolean describesForeignData() {
    return definitions >= 2;
  }

  boolean describesPublications() {
    return definitions >= 2;
  }

  String text() {
    String named = definitions == 1 ? "" : " definitions-" + definitions;
    return rows.method() + named + " postgresql-" + major;
  }

  /** Empty for a method that this version does not know. */
  static Optional<FingerprintMethod> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int definitions = Optional.ofNullable(matcher.group(2)).map(Integer::parseInt).orElse(1);
    if (definitions < 1 || definitions > NEWEST) {
      return Optional.empty();
    }
    int major = Integer.parseInt(matcher.group(3));
    return RowDigest.ofMethod(matcher.group(1))
        .map(rows -> new FingerprintMethod(rows, definitions, major));
  }
}
