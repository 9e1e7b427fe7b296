package io.holdfast.podman.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarStreamTest {

  private final ByteArrayOutputStream passed = new ByteArrayOutputStream();

  @Property(tries = 100)
  void passesEveryArchiveOnAsItIsAndCountsItsMembers(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 70_000) Integer> sizes,
      @ForAll Random random)
      throws IOException {
    byte[] tar =
        tar(
            out -> {
              for (int i = 0; i < sizes.size(); i++) {
                byte[] content = new byte[sizes.get(i)];
                random.nextBytes(content);
                file(out, "n".repeat(1 + random.nextInt(300)) + i, content);
              }
            });
    ByteArrayOutputStream to = new ByteArrayOutputStream();

    TarSummary summary = TarStream.pass(dribbling(tar, random), to, MemberRule.staysInside());

    assertThat(to.toByteArray()).isEqualTo(tar);
    assertThat(summary.members()).isEqualTo(sizes.size());
    assertThat(summary.bytes()).isEqualTo(tar.length);
  }

  @Property(tries = 200)
  void anArchiveThatIsCutBeforeTheEndOfItsMarkerIsDamaged(@ForAll Random random)
      throws IOException {
    byte[] tar =
        tar(
            out -> {
              file(out, "zeros", new byte[5000]);
              file(out, "x".repeat(200), new byte[700]);
              link(out, "link", TarConstants.LF_SYMLINK, "zeros");
            });
    int end = endOfMarker(tar);
    byte[] cut = Arrays.copyOf(tar, random.nextInt(end));

    assertThatThrownBy(() -> pass(cut)).isInstanceOf(DamagedTarException.class);
    assertThat(pass(Arrays.copyOf(tar, end)).members()).isEqualTo(3);
  }

  @Test
  void aCutArchiveNamesTheLastMember() throws IOException {
    byte[] tar = tar(out -> file(out, "folder/the file", new byte[5000]));

    assertThatThrownBy(() -> pass(Arrays.copyOf(tar, 3000)))
        .hasMessageContaining("is cut after its member folder/the file (number 1)");
  }

  @Test
  void whatIsNoArchiveIsDamaged() {
    byte[] noise = new byte[10_240];
    new Random(1).nextBytes(noise);

    assertThatThrownBy(() -> pass(noise)).hasMessageContaining("no tar header");
    assertThatThrownBy(() -> pass(new byte[0])).hasMessageContaining("at its beginning");
    assertThatThrownBy(() -> pass(new byte[10_240])).hasMessageContaining("no member");
  }

  @Test
  void halfAnEndMarkerIsNone() throws IOException {
    byte[] tar = tar(out -> file(out, "a", new byte[0]));
    tar[endOfMarker(tar) - 5] = 1;

    assertThatThrownBy(() -> pass(tar)).hasMessageContaining("cut in half");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "..", "a/..", "/etc/passwd", "./../x", "a//../b"})
  void aMemberThatClimbsOutIsRefused(String name) throws IOException {
    byte[] tar = rawMember(name, TarConstants.LF_NORMAL, "");

    assertThatThrownBy(() -> pass(tar))
        .isInstanceOf(DamagedTarException.class)
        .hasMessageContaining("member " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/passwd", "a/../../b"})
  void aHardLinkThatClimbsOutIsRefused(String target) throws IOException {
    byte[] tar = rawMember("innocent", TarConstants.LF_LINK, target);

    assertThatThrownBy(() -> pass(tar))
        .hasMessageContaining("innocent")
        .hasMessageContaining(target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", "..a", "a../b", ".", "./", "./a/./b/", "...", "-x"})
  void namesThatOnlyLookLikeItAreTaken(String name) throws IOException {
    assertThat(pass(rawMember(name, TarConstants.LF_NORMAL, "")).members()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"out/x", "./out/x", "out//x", "out/./deep/x"})
  void aMemberBehindALinkOfTheArchiveIsRefused(String behind) throws IOException {
    for (String link : List.of("out", "./out", "out/")) {
      byte[] tar =
          joined(
              rawMember(link, TarConstants.LF_SYMLINK, "/tmp"),
              rawMember(behind, TarConstants.LF_NORMAL, ""));

      assertThatThrownBy(() -> pass(tar)).hasMessageContaining("behind a symbolic link");
    }
  }

  @Test
  void aHardLinkBehindALinkOfTheArchiveIsRefused() throws IOException {
    byte[] tar =
        joined(
            rawMember("a/out", TarConstants.LF_SYMLINK, "/etc"),
            rawMember("innocent", TarConstants.LF_LINK, "a/out/passwd"));

    assertThatThrownBy(() -> pass(tar)).hasMessageContaining("behind a symbolic link");
  }

  @Test
  void aHardLinkToASymbolicLinkAndItsNeighboursAreTaken() throws IOException {
    byte[] tar =
        joined(
            rawMember("a/link", TarConstants.LF_SYMLINK, "/etc"),
            rawMember("a/hard", TarConstants.LF_LINK, "a/link"),
            rawMember("a/link2/x", TarConstants.LF_NORMAL, ""),
            rawMember("a/b", TarConstants.LF_NORMAL, ""));

    assertThat(pass(tar).members()).isEqualTo(4);
  }

  @Test
  void whatIsRefusedReachesNobody() throws IOException {
    byte[] tar =
        joined(
            rawMember("out", TarConstants.LF_SYMLINK, "/tmp"),
            rawMember("out/evil", TarConstants.LF_NORMAL, ""));

    assertThatThrownBy(() -> pass(tar)).isInstanceOf(DamagedTarException.class);
    assertThat(passed.toString(ISO_8859_1)).doesNotContain("evil");
  }

  @Test
  void aPathInAnExtendedHeaderCounts() throws IOException {
    byte[] tar =
        tar(
            out -> {
              out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
              file(out, "a/".repeat(60) + "../../" + "b".repeat(60), new byte[0]);
            });

    assertThatThrownBy(() -> pass(tar)).hasMessageContaining("climbs out");
  }

  @Test
  void aGnuLongNameCounts() throws IOException {
    byte[] tar =
        tar(
            out -> {
              out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
              file(out, "a/".repeat(60) + "../../" + "b".repeat(60), new byte[0]);
            });

    assertThatThrownBy(() -> pass(tar)).hasMessageContaining("climbs out");
  }

  @Test
  void anExtendedHeaderThatClaimsGigabytesIsRefusedUnread() throws IOException {
    byte[] header = rawMember("x", TarConstants.LF_PAX_EXTENDED_HEADER_LC, "", 3L << 30);

    assertThatThrownBy(() -> pass(header)).hasMessageContaining("claims");
  }

  @Test
  void remembersAMillionLinks() throws IOException {
    ClimbGuard guard = new ClimbGuard();
    for (int i = 0; i < 1_000_000; i++) {
      guard.judge(new TarMember("d/" + i, TarMember.Type.SYMBOLIC_LINK, "x"));
    }
    for (int i = 0; i < 1_000_000; i += 997) {
      String behind = "d/" + i + "/x";
      assertThatThrownBy(() -> guard.judge(new TarMember(behind, TarMember.Type.FILE, "")))
          .isInstanceOf(DamagedTarException.class);
      guard.judge(new TarMember("d/" + i + "x/x", TarMember.Type.FILE, ""));
    }
  }

  @Test
  void moreLinksThanItRemembersAreRefused() throws IOException {
    HashedPaths paths = new HashedPaths();
    for (long i = 0; i < HashedPaths.MOST; i++) {
      paths.add(i * 0x9e3779b97f4a7c15L + 1);
    }

    assertThatThrownBy(() -> paths.add(-5)).hasMessageContaining("more than 2097152");
  }

  @Test
  void failuresOfTheOtherStreamComeThrough() throws IOException {
    byte[] tar = tar(out -> file(out, "a", new byte[200_000]));
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("full");
          }
        };

    assertThatThrownBy(() -> TarStream.pass(new ByteArrayInputStream(tar), full, MemberRule.any()))
        .isNotInstanceOf(DamagedTarException.class)
        .hasMessage("full");
  }

  private TarSummary pass(byte[] tar) throws IOException {
    passed.reset();
    return TarStream.pass(new ByteArrayInputStream(tar), passed, MemberRule.staysInside());
  }

  private interface Filling {
    void fill(TarArchiveOutputStream out) throws IOException;
  }

  private static byte[] tar(Filling filling) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      filling.fill(out);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "g"})
  void extended_headers_without_end_are_refused_before_they_fill_the_memory(String type) {
    assertThatThrownBy(
            () ->
                TarStream.pass(
                    headers(type, number -> "SCHILY.xattr.user." + number),
                    OutputStream.nullOutputStream(),
                    MemberRule.any()))
        .isInstanceOf(DamagedTarException.class)
        .hasMessageContaining("extended headers of big/file, at its beginning")
        .hasMessageContaining("bytes");
  }

  @Test
  void pieces_of_a_sparse_file_without_end_are_refused_too() {
    assertThatThrownBy(
            () ->
                TarStream.pass(
                    headers("x", number -> "GNU.sparse.offset"),
                    OutputStream.nullOutputStream(),
                    MemberRule.any()))
        .isInstanceOf(DamagedTarException.class)
        .hasMessageContaining("extended headers of big/file");
  }

  @Test
  void headers_that_replace_each_other_may_follow_without_end() {
    assertThatThrownBy(
            () ->
                TarStream.pass(
                    headers("g", number -> "SCHILY.xattr.user.same"),
                    OutputStream.nullOutputStream(),
                    MemberRule.any()))
        .isInstanceOf(DamagedTarException.class)
        .hasMessageContaining("cut");
  }

  /** 64 MiB of extended headers, and nothing behind them. */
  private static InputStream headers(String type, IntFunction<String> keyword) {
    int size = 1 << 20;
    byte[] header = Arrays.copyOf(rawMember("h", (byte) type.charAt(0), "", size), 512);
    return new SequenceInputStream(
        Collections.enumeration(
            new AbstractList<InputStream>() {
              @Override
              public InputStream get(int index) {
                String first = "17 path=big/file\n";
                String start = (size - first.length()) + " " + keyword.apply(index) + "=";
                byte[] records = new byte[size];
                Arrays.fill(records, (byte) '1');
                put(records, 0, first + start);
                records[size - 1] = '\n';
                return new SequenceInputStream(
                    new ByteArrayInputStream(header), new ByteArrayInputStream(records));
              }

              @Override
              public int size() {
                return 64;
              }
            }));
  }

  private static void file(TarArchiveOutputStream out, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    out.putArchiveEntry(entry);
    out.write(content);
    out.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream out, String name, byte type, String target)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setLinkName(target);
    out.putArchiveEntry(entry);
    out.closeArchiveEntry();
  }

  /** One header as a malicious hand would write it, and an end marker. */
  private static byte[] rawMember(String name, byte type, String target) {
    return rawMember(name, type, target, 0);
  }

  private static byte[] rawMember(String name, byte type, String target, long size) {
    byte[] tar = new byte[3 * 512];
    put(tar, 0, name);
    put(tar, 100, "0000644\0" + "0000000\0" + "0000000\0");
    put(tar, 124, String.format("%011o\0", size) + "00000000000\0" + "        ");
    tar[156] = type;
    put(tar, 157, target);
    put(tar, 257, "ustar\00000");
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += tar[i] & 0xff;
    }
    put(tar, 148, String.format("%06o\0 ", sum));
    return tar;
  }

  private static byte[] joined(byte[]... members) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] member : members) {
      all.write(member, 0, 512);
    }
    all.write(new byte[1024], 0, 1024);
    return all.toByteArray();
  }

  private static void put(byte[] into, int at, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    System.arraycopy(bytes, 0, into, at, bytes.length);
  }

  private static int endOfMarker(byte[] tar) {
    int last = tar.length - 1;
    while (tar[last] == 0) {
      last--;
    }
    return (last / 512 + 1) * 512 + 1024;
  }

  /** A stream that gives odd amounts at a time, as pipes do. */
  private static InputStream dribbling(byte[] bytes, Random random) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, 1 + random.nextInt(3000)));
      }
    };
  }
}
