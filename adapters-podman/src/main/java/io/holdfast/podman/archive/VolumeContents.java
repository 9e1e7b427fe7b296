package io.holdfast.podman.archive;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.ArtifactInspector.Recorded;
import io.holdfast.application.port.out.source.ContentEntry;
import io.holdfast.application.port.out.source.ContentEntry.Member;
import io.holdfast.application.port.out.source.ContentsReader;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.checksum.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Names the members of a volume: by its listing, or by its tar where it has none. */
public final class VolumeContents implements ContentsReader {

  private static final int NANOS = 9;

  @Override
  public boolean reads(ArtifactKind kind) {
    return kind == ArtifactKind.VOLUME;
  }

  @Override
  public void read(
      ArtifactId id,
      ArtifactContent content,
      Recorded recorded,
      Consumer<ContentEntry> entries,
      Cancellation cancellation)
      throws IOException {
    if (recorded.listing().isPresent()) {
      readListing(recorded.listing().get(), entries);
      return;
    }
    try (InputStream in = content.open()) {
      TarStream.pass(in, OutputStream.nullOutputStream(), MemberRule.any(), new Teller(entries));
    } catch (DamagedTarException e) {
      throw TarInspector.damaged(id, content, e);
    }
  }

  private static void readListing(ArtifactContent listing, Consumer<ContentEntry> entries)
      throws IOException {
    try (ListingReader reader = new ListingReader(listing.open())) {
      Optional<ListedMember> member = reader.next();
      while (member.isPresent()) {
        entries.accept(entry(member.get()));
        member = reader.next();
      }
    }
  }

  private static Member entry(ListedMember member) throws DamagedTarException {
    try {
      return new Member(
          name(member.path()),
          typeOf(member),
          Integer.parseInt(member.mode(), 8),
          Long.parseLong(member.owner()),
          Long.parseLong(member.group()),
          member.size().map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty()),
          instant(member.time()),
          member.linkTarget().map(target -> linkTarget(member, target)),
          member.content().map(Checksum::new));
    } catch (IllegalArgumentException e) {
      throw new DamagedTarException(
          "the listing's line of " + TarMember.readable(member.path()) + " is malformed");
    }
  }

  private static String linkTarget(ListedMember member, String target) {
    return member.keywords().containsKey(ListedMember.HARD_LINK)
        ? name(target)
        : ReadableName.of(target);
  }

  private static Member.Type typeOf(ListedMember member) {
    return switch (member.type()) {
      case "file" -> Member.Type.FILE;
      case "hard link" -> Member.Type.HARD_LINK;
      case "link" -> Member.Type.SYMBOLIC_LINK;
      case "dir" -> Member.Type.FOLDER;
      case "fifo" -> Member.Type.FIFO;
      case "char" -> Member.Type.CHARACTER_DEVICE;
      case "block" -> Member.Type.BLOCK_DEVICE;
      default -> throw new IllegalArgumentException(member.type());
    };
  }

  /** From the root, which is a point alone. */
  private static String name(String path) {
    String listed = TreeLine.pathOf(path);
    return ReadableName.of(listed.equals(".") ? listed : listed.substring(2));
  }

  private static Instant instant(String seconds) {
    BigDecimal time = new BigDecimal(seconds);
    BigDecimal whole = time.setScale(0, RoundingMode.FLOOR);
    try {
      return Instant.ofEpochSecond(
          whole.longValueExact(), time.subtract(whole).movePointRight(NANOS).longValue());
    } catch (ArithmeticException | DateTimeException e) {
      throw new IllegalArgumentException(seconds, e);
    }
  }

  /** Tells the members of a tar as they pass. */
  private record Teller(Consumer<ContentEntry> entries) implements MemberVisitor {

    @Override
    public void begin(TarMember member, MemberDetails details) throws IOException {
      boolean file = member.type() == TarMember.Type.FILE;
      Optional<String> target =
          switch (member.type()) {
            case HARD_LINK -> Optional.of(name(member.linkTarget()));
            case SYMBOLIC_LINK -> Optional.of(ReadableName.of(member.linkTarget()));
            case FILE, FOLDER, FIFO, CHARACTER_DEVICE, BLOCK_DEVICE -> Optional.empty();
          };
      try {
        entries.accept(
            new Member(
                name(member.path()),
                Member.Type.valueOf(member.type().name()),
                details.mode(),
                details.owner(),
                details.group(),
                file ? OptionalLong.of(details.size()) : OptionalLong.empty(),
                instant(details.time()),
                target,
                Optional.empty()));
      } catch (IllegalArgumentException e) {
        throw new DamagedTarException(
            "the header of " + TarMember.readable(member.path()) + " gives an impossible time");
      }
    }

    @Override
    public void content(byte[] bytes, int offset, int length) {
      // Names alone are asked for.
    }

    @Override
    public void hole(long length) {
      // Names alone are asked for.
    }

    @Override
    public void end() {
      // It was told when it began.
    }
  }
}
