package io.holdfast.podman.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/**
 * Podman as it is on this host, for integration tests. Whatever is made through it has a name of
 * its own and is removed at the end.
 */
public final class RealPodman implements AutoCloseable {

  /** An image with a shell, coreutils and PostgreSQL, under the name that a user would pull. */
  public static final String IMAGE = "docker.io/library/postgres:15";

  private final String prefix = "hf-it-" + UUID.randomUUID().toString().substring(0, 8) + "-";
  private final Deque<List<String>> cleanup = new ArrayDeque<>();

  private RealPodman() {}

  /** Podman, or the test is skipped and says so. */
  public static RealPodman orSkip() {
    boolean there = succeeds("podman", "image", "exists", IMAGE);
    if (!there) {
      System.err.println("SKIPPED: podman with the image " + IMAGE + " is not on this host.");
    }
    // A developer without Podman can still build; .ci/run counts skipped tests and fails on any.
    assumeTrue(there, "podman with the image " + IMAGE);
    return new RealPodman();
  }

  /** A name that nobody else has. */
  public String name(String name) {
    return prefix + name;
  }

  /** Creates a volume; returns its name. */
  public String volume(String name, String... options) {
    List<String> argv = new ArrayList<>(List.of("podman", "volume", "create"));
    argv.addAll(List.of(options));
    argv.add(name(name));
    run(argv);
    removeVolumeAtEnd(name(name));
    return name(name);
  }

  /** Has a volume removed at the end that somebody else makes. */
  public void removeVolumeAtEnd(String volume) {
    cleanup.push(List.of("podman", "volume", "rm", "--force", volume));
  }

  /** Creates a network; returns its name. */
  public String network(String name) {
    run("podman", "network", "create", name(name));
    removeNetworkAtEnd(name(name));
    return name(name);
  }

  /** Has a network removed at the end that somebody else makes. */
  public void removeNetworkAtEnd(String network) {
    cleanup.push(List.of("podman", "network", "rm", network));
  }

  /** Where a volume's data is. */
  public Path dataFolder(String volume) {
    return Path.of(
        run("podman", "volume", "inspect", "--format", "{{.Mountpoint}}", volume).strip());
  }

  /** Runs a container that sleeps, with further options; returns its name. */
  public String sleeper(String name, String... options) {
    List<String> argv = new ArrayList<>(List.of("podman", "run", "--detach", "--stop-timeout=0"));
    argv.addAll(List.of("--entrypoint", "sleep", "--name", name(name)));
    argv.addAll(List.of(options));
    argv.addAll(List.of(IMAGE, "3600"));
    cleanup.push(List.of("podman", "rm", "--force", "--volumes", "--time=0", name(name)));
    run(argv);
    return name(name);
  }

  /** A container's state: running, paused, exited. */
  public String state(String container) {
    return run("podman", "container", "inspect", "--format", "{{.State.Status}}", container)
        .strip();
  }

  /** Runs a program that must succeed; returns what it prints. */
  public String run(String... argv) {
    return run(List.of(argv));
  }

  /** Runs a bash script that must succeed, with positional parameters; returns what it prints. */
  public String bash(String script, Object... parameters) {
    List<String> argv = new ArrayList<>(List.of("bash", "-euc", script, "bash"));
    for (Object parameter : parameters) {
      argv.add(parameter.toString());
    }
    return run(argv);
  }

  @Override
  public void close() {
    cleanup.forEach(argv -> attempt(argv.toArray(String[]::new)));
  }

  private static String run(List<String> argv) {
    Outcome outcome = attempt(argv.toArray(String[]::new));
    if (outcome.exitCode() != 0) {
      throw new AssertionError(argv + " failed: " + outcome.errors());
    }
    return outcome.output();
  }

  private static boolean succeeds(String... argv) {
    return attempt(argv).exitCode() == 0;
  }

  private static Outcome attempt(String... argv) {
    try {
      Path errors = Files.createTempFile("hf-it", ".err");
      try {
        Process process = new ProcessBuilder(argv).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output, Files.readString(errors));
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      return new Outcome(-1, "", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(-1, "", e.toString());
    }
  }

  private record Outcome(int exitCode, String output, String errors) {}
}
