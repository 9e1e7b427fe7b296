package io.holdfast.podman.archive;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A line of a listing, read.
 *
 * @param path below {@code .}; each character stands for one byte
 * @param keywords what the line says of it, as it says it
 */
public record ListedMember(String path, Map<String, String> keywords) {

  static final String TYPE = "type";
  static final String MODE = "mode";
  static final String OWNER = "uid";
  static final String GROUP = "gid";
  static final String SIZE = "size";
  static final String CONTENT = "sha256digest";
  static final String LINK = "link";
  static final String HARD_LINK = "hardlink";
  static final String DEVICE = "device";
  static final String ATTRIBUTES = "xattrsdigest";
  static final String TIME = "time";

  /**
   * Reads a line; empty for one that is no member's.
   *
   * @throws DamagedTarException when it cannot be understood
   */
  public static Optional<ListedMember> parse(String line) throws DamagedTarException {
    if (line.isEmpty() || line.charAt(0) == '#') {
      return Optional.empty();
    }
    String[] words = line.split(" ", -1);
    Map<String, String> keywords = new LinkedHashMap<>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 1) {
        throw new DamagedTarException(
            "a line of the listing is malformed: " + TarMember.readable(line));
      }
      keywords.put(words[i].substring(0, equals), words[i].substring(equals + 1));
    }
    if (!keywords.containsKey(TYPE)) {
      throw new DamagedTarException(
          "a line of the listing tells no type: " + TarMember.readable(line));
    }
    return Optional.of(new ListedMember(VisText.decode(words[0]), keywords));
  }

  /** What it is: a keyword of mtree(5), or {@code hard link}. */
  public String type() {
    return keywords.containsKey(HARD_LINK) ? "hard link" : text(TYPE);
  }

  /** Permissions, as octal digits. */
  public String mode() {
    return text(MODE);
  }

  /** The user's number. */
  public String owner() {
    return text(OWNER);
  }

  /** The group's number. */
  public String group() {
    return text(GROUP);
  }

  /** Seconds since 1970. */
  public String time() {
    return text(TIME);
  }

  /** How long a file is. */
  public Optional<String> size() {
    return Optional.ofNullable(keywords.get(SIZE));
  }

  /** SHA-256 of a file's content. */
  public Optional<String> content() {
    return Optional.ofNullable(keywords.get(CONTENT));
  }

  /** Where a symbolic link leads, or which member a hard link is another name of. */
  public Optional<String> linkTarget() {
    String target = keywords.getOrDefault(LINK, keywords.getOrDefault(HARD_LINK, ""));
    return target.isEmpty() ? Optional.empty() : Optional.of(VisText.decode(target));
  }

  String text(String keyword) {
    return keywords.getOrDefault(keyword, "");
  }
}
