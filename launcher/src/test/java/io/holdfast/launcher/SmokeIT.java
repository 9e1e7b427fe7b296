package io.holdfast.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the packed program as an operator does, where neither Podman nor a database is needed. */
class SmokeIT {

  private static final Path PACKED = Path.of("target/holdfast/bin/holdfast").toAbsolutePath();

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void keepStateToOurselves() {
    environment.put("HOLDFAST_STATE", folder.resolve("state").toString());
    environment.put("HOLDFAST_JAVA", System.getProperty("java.home") + "/bin/java");
  }

  @Test
  void it_tells_its_version_and_its_commands() throws Exception {
    assertThat(run(PACKED, "--version"))
        .matches(ended -> ended.out().matches("holdfast \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n"))
        .matches(ended -> ended.exitCode() == 0 && ended.err().isEmpty());
    assertThat(run(PACKED, "--help").out()).contains("init", "backup", "restore");
  }

  @Test
  void it_lists_an_empty_folder() throws Exception {
    configure("volumes: {}\nstorage:\n  local: {url: \"" + folder.toUri() + "sets\"}\n");
    Files.createDirectory(folder.resolve("sets"));
    Ended ended = run(PACKED, "list");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).startsWith("no sets yet");
  }

  @Test
  void a_wrong_configuration_is_10_and_what_is_wrong_with_its_plugin_is_told_too()
      throws Exception {
    configure("volums: {}\nstorage:\n  local: {url: \"file://elsewhere/sets\"}\n");
    Ended ended = run(PACKED, "list", "--json");
    assertThat(ended.exitCode()).isEqualTo(10);
    assertThat(ended.err()).contains(":1: volums: unknown key", ":3: storage.local: ");
    assertThat(ended.out()).contains("\"exitCode\" : 10");
  }

  @Test
  void an_unknown_command_is_2() throws Exception {
    assertThat(run(PACKED, "bakcup").exitCode()).isEqualTo(2);
  }

  @Test
  void a_set_in_a_folder_is_verified_without_any_configuration() throws Exception {
    Path set = Files.createDirectory(folder.resolve("set"));
    Files.writeString(set.resolve("a"), "");
    String sha = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    Files.writeString(set.resolve("checksums.sha256"), sha + "  a\n");
    environment.put("HOME", folder.toString());
    assertThat(run(PACKED, "verify", set.toString()).exitCode()).isZero();
    Files.writeString(set.resolve("a"), "x");
    Ended ended = run(PACKED, "verify", set.toString());
    assertThat(ended.exitCode()).isEqualTo(13);
    assertThat(ended.out()).contains("DAMAGED", "  a: ");
  }

  @Test
  void its_class_data_archive_fits_also_where_the_tar_gz_is_unpacked_and_linked_to()
      throws Exception {
    environment.put("HOLDFAST_JAVA_OPTS", "-Xshare:on");
    assertThat(run(PACKED, "--version").exitCode()).isZero();
    List<Path> archives;
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      archives = files.filter(file -> file.toString().endsWith(".tar.gz")).toList();
    }
    assertThat(archives).hasSize(1);
    start("tar", "-xzf", archives.get(0).toAbsolutePath().toString(), "-C", folder.toString())
        .waitFor();
    Path link =
        Files.createSymbolicLink(folder.resolve("link"), Path.of("holdfast", "bin", "holdfast"));
    Ended ended = run(link, "--version");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
  }

  @Test
  void the_operators_jvm_options_come_last() throws Exception {
    environment.put("HOLDFAST_JAVA_OPTS", "-Xmx96m -XX:+PrintFlagsFinal");
    assertThat(run(PACKED, "--version").out()).containsPattern("MaxHeapSize +:?= 100663296");
  }

  @Test
  void an_old_runtime_is_refused_before_it_is_started() throws Exception {
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho started\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(
        folder.resolve("jdk/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
    environment.put("HOLDFAST_JAVA", java.toString());
    Ended ended = run(PACKED, "--version");
    assertThat(ended.exitCode()).isEqualTo(10);
    assertThat(ended.err()).contains("too old", "11.0.2");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void ctrl_c_ends_a_long_command_with_130() throws Exception {
    Path set = Files.createDirectory(folder.resolve("set"));
    try (RandomAccessFile hole = new RandomAccessFile(set.resolve("a").toFile(), "rw")) {
      hole.setLength(64L << 30);
    }
    Files.writeString(set.resolve("checksums.sha256"), "0".repeat(64) + "  a\n");
    Process verify = start(PACKED.toString(), "verify", set.toString());
    while (verify.isAlive() && !Files.readString(folder.resolve("err")).startsWith("verify ")) {
      LockSupport.parkNanos(10_000_000);
    }
    new ProcessBuilder("kill", "-INT", Long.toString(verify.pid())).start().waitFor();
    Ended ended = ended(verify);
    assertThat(ended.exitCode()).isEqualTo(130);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).endsWith("holdfast: error: interrupted\n");
  }

  private void configure(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("holdfast.yaml"), yaml);
    environment.put("HOLDFAST_CONFIG", file.toString());
  }

  private Ended run(Path program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    Collections.addAll(command, arguments);
    return ended(start(command.toArray(String[]::new)));
  }

  private Process start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("HOLDFAST_CONFIG");
    builder.environment().putAll(environment);
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    return builder.start();
  }

  private Ended ended(Process process) throws Exception {
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("it did not end");
    }
    return new Ended(
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")));
  }

  private record Ended(int exitCode, String out, String err) {}
}
