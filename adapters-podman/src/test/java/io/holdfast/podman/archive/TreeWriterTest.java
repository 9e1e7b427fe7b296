package io.holdfast.podman.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.domain.checksum.Checksum;
import io.holdfast.domain.fingerprint.TreeFingerprint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeWriterTest {

  private static final String PAX =
      " --pax-option=delete=atime,delete=ctime --acls --xattrs --xattrs-include='*'";

  private final Cancellation cancellation = new Cancellation();
  @TempDir Path folder;

  @Test
  void a_tree_is_listed_line_by_line_in_the_order_of_names() throws Exception {
    sh(
        "mkdir -p d/e; printf hello > d/f; chmod 4750 d/f; ln d/f d/g; ln -s 'to here' s;"
            + " mkfifo p; printf x > 'a b#=\\'; chmod 640 'a b#=\\'; chmod 711 . d d/e;"
            + " touch -h -d '2001-02-03 04:05:06.5Z' . s p d d/e d/f 'a b#=\\'");

    List<String> lines = listing("posix").lines;

    String ids = " uid=" + id("-u") + " gid=" + id("-g");
    String time = " time=981173106.500000000";
    assertThat(lines)
        .containsExactly(
            "#mtree v2.0",
            ". type=dir mode=0711" + ids + time,
            "./a\\040b\\043\\075\\134 type=file mode=0640"
                + ids
                + " size=1 sha256digest="
                + sha256("x".getBytes(ISO_8859_1))
                + time,
            "./d type=dir mode=0711" + ids + time,
            "./d/e type=dir mode=0711" + ids + time,
            "./d/f type=file mode=4750"
                + ids
                + " size=5 sha256digest="
                + sha256("hello".getBytes(ISO_8859_1))
                + time,
            "./d/g type=file mode=4750" + ids + " hardlink=./d/f" + time,
            "./p type=fifo mode=0644" + ids + time,
            "./s type=link mode=0777" + ids + " link=to\\040here" + time);
  }

  @Test
  void the_digest_is_that_of_the_lines_without_times() throws Exception {
    sh("printf hello > f; mkdir d");
    Listed first = listing("posix");
    sh("touch -d '1990-01-01' f d .");
    Listed later = listing("posix");

    StringBuilder text = new StringBuilder();
    first.lines.stream()
        .skip(1)
        .forEach(line -> text.append(line, 0, line.indexOf(" time=")).append('\n'));
    assertThat(first.fingerprint)
        .isEqualTo(
            new TreeFingerprint(3, 5, new Checksum(sha256(text.toString().getBytes(ISO_8859_1)))));
    assertThat(later.fingerprint).isEqualTo(first.fingerprint);
    assertThat(later.lines).isNotEqualTo(first.lines);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "posix --sparse-version=1.0",
        "posix --sparse-version=0.1",
        "posix --sparse-version=0.0",
        "gnu",
        "oldgnu"
      })
  void a_sparse_file_has_the_digest_of_its_logical_content(String format) throws Exception {
    sh(
        "truncate -s 3000000 holes; for i in 1 3 5 7 9 11 13 15 17 19 21 23 25 27 29 31 33 35 37 39"
            + " 41 43 45 47 49 51 53 55 57; do head -c 4096 /dev/urandom |"
            + " dd of=holes bs=4096 seek=$i conv=notrunc status=none; done;"
            + " truncate -s 100000 none; printf end > z");

    List<String> lines = listing(format).lines;

    assertThat(lines.get(2))
        .startsWith("./holes type=file")
        .contains(" size=3000000 sha256digest=" + sha256(Files.readAllBytes(path("holes"))));
    assertThat(lines.get(3)).contains(" size=100000 sha256digest=" + sha256(new byte[100_000]));
    assertThat(lines.get(4)).contains(" size=3 sha256digest=" + sha256("end".getBytes(ISO_8859_1)));
  }

  @Test
  void every_program_that_digests_the_files_finds_the_same() throws Exception {
    sh(
        "mkdir -p a/b; for i in 1 2 3 4 5 6 7; do head -c $((i * 33333)) /dev/urandom > a/b/$i; done;"
            + " : > empty");

    List<String> lines = listing("posix").lines;

    String sums = sh("find . -type f | LC_ALL=C sort | xargs sha256sum");
    StringBuilder found = new StringBuilder();
    for (String line : lines) {
      ListedMember.parse(line)
          .filter(member -> member.content().isPresent())
          .ifPresent(m -> found.append(m.content().get() + "  " + m.path() + "\n"));
    }
    assertThat(found.toString()).isEqualTo(sums);
  }

  @Test
  void xattrs_and_acls_have_a_digest_that_any_of_them_changes() throws Exception {
    sh("touch plain marked; setfattr -n user.one -v 1 marked; setfattr -n user.two -v 2 marked");
    String line = listing("posix").lines.get(2);
    byte[] records =
        "25 SCHILY.xattr.user.one=1\n25 SCHILY.xattr.user.two=2\n"
            .replace("25", "27")
            .getBytes(ISO_8859_1);

    assertThat(line).contains(" xattrsdigest=" + sha256(records));
    assertThat(listing("posix").lines.get(3)).doesNotContain("xattrsdigest");
    sh("setfacl -m u:4711:rw marked");
    assertThat(listing("posix").lines.get(2)).contains("xattrsdigest").isNotEqualTo(line);
  }

  @Test
  void whoever_waits_for_a_hole_of_exabytes_may_give_up() throws Exception {
    TreeWriter tree = new TreeWriter(OutputStream.nullOutputStream(), cancellation);
    cancellation.cancel();

    assertThatThrownBy(() -> tree.hole(Long.MAX_VALUE)).isInstanceOf(InterruptedFailure.class);
  }

  @Test
  void a_map_that_is_too_long_is_told_and_not_remembered() throws IOException {
    SparseMap map = new SparseMap(100);
    for (int piece = 0; piece < 1000; piece++) {
      map.add(piece * 10L, 5);
    }

    assertThat(map.isTooLong()).isTrue();
    assertThat(map.data()).isEqualTo(5000);
    assertThat(map.end()).isEqualTo(9995);
    assertThatThrownBy(() -> map.add(3, 1)).hasMessageContaining("out of order");
  }

  @Property(tries = 300)
  void names_survive_being_written_and_read(@ForAll @CharRange(from = 1, to = 255) String name)
      throws DamagedTarException {
    StringBuilder text = new StringBuilder("./");
    VisText.encode(name, text);
    assertThat(text.toString()).matches("[!-~]*");
    assertThat(ListedMember.parse(text + " type=file").orElseThrow().path()).isEqualTo("./" + name);
  }

  @Property(tries = 300)
  void the_order_is_that_of_component_by_component(
      @ForAll @Size(min = 2, max = 2)
          List<@Size(min = 1, max = 4) List<@IntRange(min = 0, max = 3) Integer>> picked) {
    String[] names = {"a", "a.b", "a\u00ff", "a\u0001"};
    List<List<String>> both =
        picked.stream().map(p -> p.stream().map(i -> names[i]).toList()).toList();

    int found =
        TreeOrder.compare(
            "./" + String.join("/", both.get(0)), "./" + String.join("/", both.get(1)));

    assertThat(Integer.signum(found))
        .isEqualTo(Integer.signum(byComponents(both.get(0), both.get(1))));
  }

  @Test
  void tar_goes_through_a_tree_in_that_order() throws Exception {
    sh(
        "mkdir a a.b 'a b' a-b ab; touch a/x a.b/x 'a b/x' a-b/x ab/x a.c a,c A z;"
            + " touch \"$(printf 'a\\377')\" \"$(printf 'a\\001')\"");

    List<String> paths = new ArrayList<>();
    for (String line : listing("posix").lines) {
      ListedMember.parse(line).ifPresent(member -> paths.add(member.path()));
    }

    assertThat(paths).hasSize(17).isSortedAccordingTo(TreeOrder::compare);
  }

  private static int byComponents(List<String> one, List<String> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int found = one.get(i).compareTo(other.get(i));
      if (found != 0) {
        return found;
      }
    }
    return Integer.compare(one.size(), other.size());
  }

  private Listed listing(String format) throws Exception {
    byte[] tar =
        run(
            "tar --create --file=- --numeric-owner --sort=name --sparse --format="
                + format
                + (format.startsWith("posix") ? PAX : "")
                + " ./");
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    TreeWriter tree = new TreeWriter(lines, cancellation);
    TarStream.pass(new ByteArrayInputStream(tar), passed, MemberRule.staysInside(), tree);
    assertThat(passed.toByteArray()).isEqualTo(tar);
    assertThat(tree.unread()).isZero();
    return new Listed(lines.toString(ISO_8859_1).lines().toList(), tree.fingerprint());
  }

  private record Listed(List<String> lines, TreeFingerprint fingerprint) {}

  private Path path(String name) {
    return folder.resolve(name);
  }

  private String id(String which) throws Exception {
    return sh("id " + which).strip();
  }

  private String sh(String script) throws Exception {
    return new String(run(script), ISO_8859_1);
  }

  private byte[] run(String script) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-euc", script)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] output = process.getInputStream().readAllBytes();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    return output;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
