package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.ListContents;
import io.holdfast.application.port.out.source.ContentEntry;
import io.holdfast.application.port.out.source.ContentEntry.DatabaseObject;
import io.holdfast.application.port.out.source.ContentEntry.Member;
import io.holdfast.domain.backup.StoredArtifact;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;

/** What an artifact holds, for people: a line each, as it comes, so that nothing is kept. */
final class ContentsText implements ListContents.Listener {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String LETTERS = "rwxrwxrwx";

  private final Page page;

  ContentsText(Page page) {
    this.page = page;
  }

  /** The lines alone, so that they can be counted and sorted by other programs. */
  @Override
  public void found(String set, String location, StoredArtifact artifact) {
    // Who asked for it knows it.
  }

  @Override
  public void entry(ContentEntry entry) {
    page.line(entry instanceof Member member ? lineOf(member) : lineOf((DatabaseObject) entry));
  }

  private static String lineOf(Member member) {
    String leads =
        member
            .linkTarget()
            .map(t -> (member.type() == Member.Type.HARD_LINK ? " link to " : " -> ") + t)
            .orElse("");
    return String.format(
        Locale.ROOT,
        "%s %-11s %12s %s %s%s",
        permissions(member),
        member.owner() + ":" + member.group(),
        number(member.size()),
        TIME.format(member.changed()),
        member.name(),
        leads);
  }

  private static String lineOf(DatabaseObject object) {
    return String.format(
        Locale.ROOT,
        "%-18s %12s %-16s %s",
        object.kind(),
        number(object.rows()),
        object.owner(),
        object.name());
  }

  private static String number(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : "-";
  }

  /** As {@code ls -l} writes them; a hard link has an h, as {@code tar --list} writes it. */
  private static String permissions(Member member) {
    char kind =
        switch (member.type()) {
          case FILE -> '-';
          case HARD_LINK -> 'h';
          case SYMBOLIC_LINK -> 'l';
          case FOLDER -> 'd';
          case FIFO -> 'p';
          case CHARACTER_DEVICE -> 'c';
          case BLOCK_DEVICE -> 'b';
        };
    int mode = member.mode();
    StringBuilder out = new StringBuilder().append(kind);
    for (int bit = 0; bit < LETTERS.length(); bit++) {
      out.append((mode & (0400 >> bit)) == 0 ? '-' : LETTERS.charAt(bit));
    }
    mark(out, 3, (mode & 04000) != 0, 's');
    mark(out, 6, (mode & 02000) != 0, 's');
    mark(out, 9, (mode & 01000) != 0, 't');
    return out.toString();
  }

  private static void mark(StringBuilder out, int at, boolean set, char letter) {
    if (set) {
      out.setCharAt(at, out.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
    }
  }
}
