package io.holdfast.launcher.config;

import io.holdfast.application.port.out.store.Secret;
import java.util.List;
import java.util.Optional;

/**
 * A folder of sets that was named by its url on the command line, configured or not.
 *
 * @param folder the url of the folder
 * @param options its settings, {@code key=value} each, with the keys that a target has in {@code
 *     storage:}
 * @param operator asks whoever sits at the terminal
 */
public record SetPlace(String folder, List<String> options, Operator operator) {
  public SetPlace {
    options = List.copyOf(options);
  }

  /** Asks the operator. */
  public interface Operator {

    /** True when somebody sits at a terminal. */
    boolean isThere();

    /** What was typed; empty when there is nobody to ask. */
    Optional<String> ask(String question);

    /** The same, unseen. */
    Optional<Secret> askSecret(String question);
  }

  /** A target that is named by its url goes by it, without a user's name. */
  public String name() {
    return folder.replaceFirst("//[^/@]*@", "//");
  }

  /** True when an option of a key is given. */
  boolean has(String key) {
    return options.stream().anyMatch(option -> option.startsWith(key + "="));
  }
}
