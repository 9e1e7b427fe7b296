package io.holdfast.podman.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.command.Command;
import io.holdfast.application.port.out.command.CommandIo;
import io.holdfast.application.port.out.command.CommandResult;
import io.holdfast.application.port.out.command.CommandRunner;
import io.holdfast.application.port.out.command.Endpoint;
import io.holdfast.podman.command.HostCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs programs as a user of this host who is not root and has subordinate ids, made for a test.
 */
public final class RootlessUser implements CommandRunner, AutoCloseable {

  private final HostCommandRunner host = new HostCommandRunner();
  private final RealPodman podman;
  private final String name;

  private RootlessUser(RealPodman podman) {
    this.podman = podman;
    this.name = podman.name("user");
  }

  /** A new user, or the test is skipped and says so. */
  public static RootlessUser orSkip(RealPodman podman) {
    boolean can =
        System.getProperty("user.name", "").equals("root")
            && Files.isExecutable(Path.of("/usr/sbin/useradd"))
            && Files.isExecutable(Path.of("/usr/bin/newuidmap"));
    if (!can) {
      System.err.println("SKIPPED: no user with subordinate ids can be made on this host.");
    }
    // Only root can make a user; .ci/run is root, counts skipped tests and fails on any.
    assumeTrue(can, "root, useradd and newuidmap");
    RootlessUser user = new RootlessUser(podman);
    podman.run("useradd", "--create-home", user.name);
    podman.bash("mkdir -m 0700 \"$1\"; chown \"$2:\" \"$1\"", user.home() + "/run", user.name);
    return user;
  }

  /** Runs a bash script as that user, as root of its own user namespace. */
  public String unshared(String script, Object... parameters) {
    List<String> argv = new ArrayList<>(prefix());
    argv.addAll(List.of("podman", "unshare", "bash", "-euc", script, "bash"));
    for (Object parameter : parameters) {
      argv.add(parameter.toString());
    }
    return podman.run(argv.toArray(String[]::new));
  }

  @Override
  public CommandResult run(Command command, CommandIo io, Cancellation cancellation)
      throws IOException {
    List<String> argv = new ArrayList<>(prefix());
    argv.addAll(command.argv());
    return host.run(
        new Command(argv, command.environment(), command.secretEnvironment()), io, cancellation);
  }

  @Override
  public Endpoint reach(Endpoint fromHost, Cancellation cancellation) {
    return fromHost;
  }

  @Override
  public String place() {
    return "as a rootless user";
  }

  @Override
  public void close() {
    unshared("podman system reset --force >/dev/null 2>&1 || true");
    podman.bash("pkill -KILL -U \"$1\" || true; userdel --remove \"$1\" 2>/dev/null", name);
  }

  private List<String> prefix() {
    return List.of(
        "runuser",
        "--user=" + name,
        "--",
        "env",
        "--chdir=" + home(),
        "HOME=" + home(),
        "XDG_RUNTIME_DIR=" + home() + "/run");
  }

  private String home() {
    return "/home/" + name;
  }
}
