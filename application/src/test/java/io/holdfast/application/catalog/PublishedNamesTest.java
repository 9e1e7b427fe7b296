package io.holdfast.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.testing.Samples;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Encoding;
import io.holdfast.domain.backup.FileName;
import io.holdfast.domain.backup.SetLayout;
import io.holdfast.domain.checksum.ChecksumEntry;
import io.holdfast.domain.checksum.ChecksumFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any legal name of a database, through the file system and the real {@code sha256sum}. */
class PublishedNamesTest {

  private static final String ALPHABET = "aZ0 '\"\\\n\r\t%/.-*~$`{}|;&ü日\u0001%2F%5c";

  @TempDir private Path folder;

  @Test
  void sha256sum_checks_what_we_write_and_we_read_what_it_writes() throws Exception {
    List<ChecksumEntry> entries = new ArrayList<>();
    for (String name : names()) {
      String path = SetLayout.pathOf(ArtifactId.database("main", name), Encoding.NONE, false);
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      entries.add(new ChecksumEntry(Samples.sha256(bytes), path));
    }
    ChecksumFile ours = new ChecksumFile(entries);
    Files.writeString(folder.resolve("checksums.sha256"), ours.render());

    assertThat(run("sha256sum --check --strict --quiet checksums.sha256")).isEmpty();
    assertThat(ChecksumFile.parse(ours.render())).isEqualTo(ours);
    ChecksumFile theirs = ChecksumFile.parse(run("find databases -type f -exec sha256sum {} +"));
    assertThat(Set.copyOf(theirs.entries()).equals(Set.copyOf(entries))).isTrue();
  }

  @Test
  void every_name_has_a_file_name_of_its_own_that_tells_it_again() {
    Set<String> files = new HashSet<>();
    for (String name : names()) {
      String file = FileName.encode(name, ".dump");
      assertThat(files.add(file)).as(name).isTrue();
      assertThat(new BlobKey(file).value()).doesNotContain("/");
      assertThat(file.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
      assertThat(FileName.decode(file.substring(0, file.length() - 5))).isEqualTo(name);
    }
  }

  private static Set<String> names() {
    Set<String> names = new HashSet<>(List.of(".", "..", "%", "%2F", "%%2F", "/", "%/", "-", "*"));
    int[] letters = ALPHABET.codePoints().toArray();
    Random random = new Random(20251006);
    while (names.size() < 1000) {
      StringBuilder name = new StringBuilder();
      for (int i = 1 + random.nextInt(12); i > 0; i--) {
        name.appendCodePoint(letters[random.nextInt(letters.length)]);
      }
      names.add(name.toString());
    }
    return names;
  }

  private String run(String command) throws Exception {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output);
  }
}
