package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.SetSelector;
import io.holdfast.domain.backup.SetId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A set that is named by its url: {@code s3://bucket/prefix/20251006_020000}, {@code
 * s3://bucket/prefix/latest}, or the folder of the sets alone, which means the newest.
 *
 * @param folder the url of the folder that the sets are in
 * @param set which of them
 */
record SetUrl(String folder, SetSelector set) {

  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");
  private static final Pattern LAST = Pattern.compile("(.*[^/])/+([^/]+)/*");

  /** The url that an argument is; empty when it is none. */
  static Optional<SetUrl> parse(String argument) {
    if (!URL.matcher(argument).matches()) {
      return Optional.empty();
    }
    Matcher parts = LAST.matcher(argument);
    // In s3://latest that is the bucket.
    if (parts.matches() && URL.matcher(parts.group(1)).matches()) {
      String last = parts.group(2);
      Optional<SetId> id = SetId.parse(last);
      if (id.isPresent()) {
        return Optional.of(
            new SetUrl(parts.group(1), new SetSelector.ById(id.get(), Optional.empty())));
      }
      if (last.equals(SetArgument.LATEST)) {
        return Optional.of(new SetUrl(parts.group(1), latest()));
      }
    }
    return Optional.of(new SetUrl(argument, latest()));
  }

  private static SetSelector latest() {
    return new SetSelector.Latest(Optional.empty());
  }
}
