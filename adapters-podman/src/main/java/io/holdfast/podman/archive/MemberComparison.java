package io.holdfast.podman.archive;

import io.holdfast.domain.fingerprint.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Says in what a member is not what it was; its time is not looked at. */
final class MemberComparison {

  /** What a type is called; one that is unknown is called what it says. */
  private static final Map<String, String> TYPES =
      Map.of(
          "dir", "a folder",
          "file", "a file",
          "link", "a symbolic link",
          "fifo", "a fifo",
          "char", "a character device",
          "block", "a block device",
          "hard link", "a hard link");

  private MemberComparison() {}

  static Difference missing(ListedMember member) {
    return new Difference(subject(member), "is missing");
  }

  static Difference extra(ListedMember member) {
    return new Difference(subject(member), "is there and was not before");
  }

  /** Empty when they are the same. */
  static Optional<Difference> of(ListedMember was, ListedMember is) {
    List<String> details = new ArrayList<>();
    if (!was.type().equals(is.type())) {
      details.add("was " + typeOf(was) + ", is " + typeOf(is));
    }
    TreeSet<String> keywords = new TreeSet<>(was.keywords().keySet());
    keywords.addAll(is.keywords().keySet());
    keywords.remove(ListedMember.TIME);
    keywords.remove(ListedMember.TYPE);
    boolean sameType = details.isEmpty();
    for (String keyword : keywords) {
      String before = was.text(keyword);
      String after = is.text(keyword);
      if (!before.equals(after) && (sameType || belongsToAll(keyword))) {
        details.add(changed(keyword, before, after));
      }
    }
    return details.isEmpty()
        ? Optional.empty()
        : Optional.of(new Difference(subject(was), String.join("; ", details)));
  }

  private static boolean belongsToAll(String keyword) {
    return switch (keyword) {
      case ListedMember.MODE, ListedMember.OWNER, ListedMember.GROUP, ListedMember.ATTRIBUTES ->
          true;
      default -> false;
    };
  }

  private static String changed(String keyword, String before, String after) {
    return switch (keyword) {
      case ListedMember.MODE -> values("mode", before, after);
      case ListedMember.OWNER -> values("owner", before, after);
      case ListedMember.GROUP -> values("group", before, after);
      case ListedMember.SIZE -> "had " + before + " bytes, has " + after;
      case ListedMember.CONTENT -> "has other content";
      case ListedMember.LINK, ListedMember.HARD_LINK ->
          "led to " + readable(before) + ", leads to " + readable(after);
      case ListedMember.ATTRIBUTES -> attributes(before, after);
      default -> values(keyword, before, after);
    };
  }

  private static String attributes(String before, String after) {
    if (before.isEmpty()) {
      return "had no extended attributes or ACLs, has some";
    }
    return after.isEmpty()
        ? "had extended attributes or ACLs, has none"
        : "has other extended attributes or ACLs";
  }

  private static String values(String what, String before, String after) {
    return "had " + what + " " + readable(before) + ", has " + readable(after);
  }

  private static String typeOf(ListedMember member) {
    String kind = TYPES.getOrDefault(member.type(), readable(member.type()));
    return member.keywords().containsKey(ListedMember.HARD_LINK)
        ? kind + " to " + readable(member.text(ListedMember.HARD_LINK))
        : kind;
  }

  private static String subject(ListedMember member) {
    return (member.type().equals("dir") ? "folder " : "file ") + TarMember.readable(member.path());
  }

  private static String readable(String value) {
    return TarMember.readable(VisText.decode(value));
  }
}
