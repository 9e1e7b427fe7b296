package io.holdfast.domain.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code sha256sum} checks what we write, and we read what it writes. */
class CoreutilsTest {

  private static final List<String> NAMES =
      List.of(
          "plain",
          "with space",
          " leading",
          "trailing ",
          "new\nline",
          "back\\slash",
          "\\leading",
          "both\\\n",
          "*star",
          "it's \"quoted\"",
          "50%2F",
          "-rf",
          "carriage\rreturn",
          "ends in carriage return\r",
          "tab\t");

  @TempDir private Path folder;

  @Test
  void sha256sum_checks_every_name_that_we_write() throws Exception {
    Files.writeString(folder.resolve("checksums.sha256"), file().render());

    Process check = start("sha256sum", "-c", "--strict", "checksums.sha256");
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(check.waitFor()).as(said).isZero();
    assertThat(said.split(": OK", -1)).hasSize(NAMES.size() + 1);
  }

  @Test
  void we_read_every_name_that_sha256sum_writes() throws Exception {
    ChecksumFile expected = file();
    List<String> command = new ArrayList<>(List.of("sha256sum", "--"));
    command.addAll(NAMES);
    Process sum = start(command.toArray(new String[0]));
    String said = new String(sum.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(sum.waitFor()).isZero();
    assertThat(ChecksumFile.parse(said)).isEqualTo(expected);
  }

  private ChecksumFile file() throws Exception {
    List<ChecksumEntry> entries = new ArrayList<>();
    for (String name : NAMES) {
      byte[] content = name.getBytes(StandardCharsets.UTF_8);
      Files.write(folder.resolve(name), content);
      entries.add(
          new ChecksumEntry(
              Checksum.of(MessageDigest.getInstance("SHA-256").digest(content)), name));
    }
    return new ChecksumFile(entries);
  }

  private Process start(String... command) throws IOException {
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }
}
