package io.holdfast.podman.archive;

/** Writes members as lines of mtree(5). */
final class TreeLine {

  private final StringBuilder text = new StringBuilder();

  /** Begins a line with all that is known before the content. */
  void begin(TarMember member, MemberDetails details) {
    text.setLength(0);
    VisText.encode(pathOf(member.path()), text);
    put(ListedMember.TYPE, typeOf(member.type()));
    put(ListedMember.MODE, octal(details.mode()));
    put(ListedMember.OWNER, Long.toString(details.owner()));
    put(ListedMember.GROUP, Long.toString(details.group()));
    switch (member.type()) {
      case FILE -> put(ListedMember.SIZE, Long.toString(details.size()));
      case HARD_LINK -> putName(ListedMember.HARD_LINK, pathOf(member.linkTarget()));
      case SYMBOLIC_LINK -> putName(ListedMember.LINK, member.linkTarget());
      case CHARACTER_DEVICE, BLOCK_DEVICE ->
          put(ListedMember.DEVICE, "native," + details.major() + "," + details.minor());
      case FOLDER, FIFO -> {
        // Nothing more is known of them.
      }
    }
  }

  void put(String keyword, String value) {
    text.append(' ').append(keyword).append('=').append(value);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void putName(String keyword, String name) {
    text.append(' ').append(keyword).append('=');
    VisText.encode(name, text);
  }

  /** As a listing spells it: from the root, which is {@code .}, without a slash at the end. */
  static String pathOf(String member) {
    int end = member.length();
    while (end > 1 && member.charAt(end - 1) == '/') {
      end--;
    }
    String path = member.substring(0, end);
    return path.equals(".") || path.startsWith("./") ? path : "./" + path;
  }

  private static String octal(int mode) {
    String digits = Integer.toOctalString(mode);
    return "0".repeat(4 - digits.length()) + digits;
  }

  private static String typeOf(TarMember.Type type) {
    return switch (type) {
      case FILE, HARD_LINK -> "file";
      case SYMBOLIC_LINK -> "link";
      case FOLDER -> "dir";
      case FIFO -> "fifo";
      case CHARACTER_DEVICE -> "char";
      case BLOCK_DEVICE -> "block";
    };
  }
}
