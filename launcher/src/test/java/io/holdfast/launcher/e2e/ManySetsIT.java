package io.holdfast.launcher.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository of a thousand sets is listed whole, newest first, each manifest read once. */
class ManySetsIT {

  private static final int SETS = 1_000;

  @TempDir(deletionStrategy = ByShell.class)
  Path folder;

  @Test
  void a_thousand_sets_are_listed_newest_first_and_each_manifest_is_read_once() throws IOException {
    Operator operator = new Operator(folder);
    try (Podman podman = new Podman()) {
      operator.volumes(podman.volume("app")).holdfast("backup", "volumes").ok();
      operator.volumes();
    }
    copyTheSet(operator.repository());
    Path recording = folder.resolve("list.jfr");
    Path events = Resources.copyTo("reads.jfc", folder.resolve("reads.jfc"));
    operator.javaOptions(
        "-XX:StartFlightRecording=settings=%s,filename=%s -Xlog:jfr*=off"
            .formatted(events, recording));

    Outcome listed = operator.holdfast("list").ok();

    List<String> ids =
        listed
            .stdout()
            .lines()
            .filter(line -> line.matches(".*\\d{8}_\\d{6}.*"))
            .map(line -> line.replaceFirst(".*?(\\d{8}_\\d{6}).*", "$1"))
            .toList();
    assertThat(ids).hasSize(SETS).isSortedAccordingTo((a, b) -> b.compareTo(a));
    Map<String, Long> read = manifestBytesRead(recording);
    assertThat(read).hasSize(SETS);
    for (Map.Entry<String, Long> entry : read.entrySet()) {
      assertThat(entry.getValue())
          .as(entry.getKey())
          .isEqualTo(Files.size(Path.of(entry.getKey())));
    }
  }

  private static void copyTheSet(Repository repository) throws IOException {
    String original = repository.onlySet();
    Map<String, byte[]> files = filesOf(repository.set(original));
    for (int i = 2; i <= SETS; i++) {
      String id = "20%02d0101_0000%02d".formatted(i / 60, i % 60);
      StringBuilder checksums = new StringBuilder();
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        byte[] content = file.getValue();
        if (file.getKey().endsWith(".json")) {
          String text = new String(content, StandardCharsets.UTF_8);
          content = text.replace(original, id).getBytes(StandardCharsets.UTF_8);
        }
        Path copy = repository.set(id).resolve(file.getKey());
        Files.createDirectories(copy.resolveSibling(""));
        Files.write(copy, content);
        checksums.append(sha256(content)).append("  ").append(file.getKey()).append('\n');
      }
      Operator.write(repository.set(id).resolve("checksums.sha256"), checksums.toString());
    }
    assertThat(repository.published()).hasSize(SETS);
  }

  /** The contents of a set's files but the checksums, by their paths. */
  private static Map<String, byte[]> filesOf(Path set) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(set)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(set.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    files.remove("checksums.sha256");
    return files;
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Long> manifestBytesRead(Path recording) throws IOException {
    Map<String, Long> read = new HashMap<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
      if (event.getEventType().getName().equals("jdk.FileRead")
          && String.valueOf(event.getString("path")).endsWith("/manifest.json")
          && event.getLong("bytesRead") > 0) {
        read.merge(event.getString("path"), event.getLong("bytesRead"), Long::sum);
      }
    }
    return read;
  }
}
