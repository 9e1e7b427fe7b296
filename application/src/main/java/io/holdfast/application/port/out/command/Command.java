package io.holdfast.application.port.out.command;

import io.holdfast.application.port.out.store.Secret;
import java.util.List;
import java.util.Map;

/**
 * A program to run.
 *
 * @param argv the program and its arguments; never passes a shell, never holds a secret
 * @param environment added to what is inherited
 * @param secretEnvironment added too, and never shown
 */
public record Command(
    List<String> argv, Map<String, String> environment, Map<String, Secret> secretEnvironment) {
  public Command {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    secretEnvironment = Map.copyOf(secretEnvironment);
  }

  /** A program with nothing added to its environment. */
  public static Command of(String... argv) {
    return new Command(List.of(argv), Map.of(), Map.of());
  }

  /** A program with nothing added to its environment. */
  public static Command of(List<String> argv) {
    return new Command(argv, Map.of(), Map.of());
  }
}
