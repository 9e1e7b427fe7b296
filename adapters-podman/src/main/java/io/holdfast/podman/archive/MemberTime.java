package io.holdfast.podman.archive;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times of members: seconds since 1970, with a fraction. */
final class MemberTime {

  private static final int DIGITS = 9;
  private static final Pattern SECONDS = Pattern.compile("(-?[0-9]{1,18})(?:\\.([0-9]*))?");

  private MemberTime() {}

  /** The same with nine digits behind the point; further ones are cut. */
  static String normal(String seconds) throws DamagedTarException {
    Matcher parts = SECONDS.matcher(seconds);
    if (!parts.matches()) {
      throw new DamagedTarException(
          "a header gives the time \"" + TarMember.readable(seconds) + "\"");
    }
    String fraction = parts.group(2) == null ? "" : parts.group(2);
    String nine = (fraction + "0".repeat(DIGITS)).substring(0, DIGITS);
    return parts.group(1) + "." + nine;
  }
}
