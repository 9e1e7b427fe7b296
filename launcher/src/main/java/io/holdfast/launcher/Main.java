package io.holdfast.launcher;

import io.holdfast.launcher.cli.Console;
import io.holdfast.launcher.cli.HoldfastCli;
import io.holdfast.launcher.config.Surroundings;
import io.holdfast.launcher.wiring.GuiceSessionFactory;
import io.holdfast.launcher.wiring.HostSurroundings;

/** Where {@code holdfast} begins and ends. */
public final class Main {

  private Main() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    Surroundings surroundings = HostSurroundings.look();
    Console console = Console.ofProcess(surroundings.environment());
    InterruptHook hook = InterruptHook.install(() -> console.sayImpatience());
    int exitCode =
        new HoldfastCli(
                new GuiceSessionFactory(surroundings), console, surroundings, hook::cancellation)
            .run(arguments);
    hook.ended();
    System.exit(exitCode);
  }
}
