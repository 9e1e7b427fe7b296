package io.holdfast.launcher.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs programs. Arguments travel as an ASCII script with escapes, so that any bytes arrive
 * whatever the locale of the tests' own JVM is.
 */
final class Shell {

  private static final Path SCRATCH = scratch();

  private final Map<String, String> environment = new TreeMap<>();
  private Path folder = SCRATCH;
  private boolean ownGroup;

  /** A shell like cron's: a path, a home, and no locale. */
  Shell() {
    environment.put(
        "PATH",
        "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/15/bin");
    environment.put("HOME", SCRATCH.toString());
  }

  Shell with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Shell in(Path directory) {
    folder = directory;
    return this;
  }

  /** Each program leads a session and process group of its own. */
  Shell ownGroup() {
    ownGroup = true;
    return this;
  }

  /** Runs a Bash script that stops at the first error and must succeed. */
  static String bash(String script) {
    return new Shell().script("set -euo pipefail\n" + script).ok().stdout();
  }

  /** Runs a program that must succeed, and returns what it wrote. */
  static String call(String... argv) {
    return new Shell().run(List.of(argv)).ok().stdout();
  }

  Outcome run(List<String> argv) {
    return start(argv).await();
  }

  Outcome script(String script) {
    return run(List.of("bash", "-c", script));
  }

  Running start(List<String> argv) {
    StringBuilder line = new StringBuilder("exec");
    argv.forEach(argument -> line.append(' ').append(quote(argument)));
    List<String> command = List.of("/bin/bash", "-c", line.toString());
    if (ownGroup) {
      // A background job of a shell ignores interrupts, and so would all that is started below it.
      command =
          List.of(
              "/usr/bin/setsid",
              "/usr/bin/env",
              "--default-signal",
              "/bin/bash",
              "-c",
              line.toString());
    }
    try {
      Path out = Files.createTempFile(SCRATCH, "out", "");
      Path err = Files.createTempFile(SCRATCH, "err", "");
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.redirectInput(Path.of("/dev/null").toFile());
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      return new Running(argv, builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A word of a Bash script, in ASCII. */
  static String quote(String word) {
    StringBuilder quoted = new StringBuilder("$'");
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b == '/' || b == '-' || b == '.' || (b > 0 && isWord((char) b));
      quoted.append(plain ? String.valueOf((char) b) : String.format("\\%03o", b & 0xFF));
    }
    return quoted.append('\'').toString();
  }

  private static boolean isWord(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  /** An empty folder that other users may pass through, removed with the tests' own JVM. */
  static String scratchFolder(String name) {
    return call("mktemp", "-d", SCRATCH.resolve(name + "-XXXXXX").toString()).trim();
  }

  private static Path scratch() {
    try {
      Path folder = Files.createTempDirectory("hf-e2e-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
                    } catch (IOException | InterruptedException e) {
                      System.err.println("could not remove " + folder + ": " + e);
                    }
                  }));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
