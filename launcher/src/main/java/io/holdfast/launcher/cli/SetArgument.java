package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.domain.backup.SetId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Understands SET, {@code latest} and PATH on the command line. */
final class SetArgument {

  static final String LATEST = "latest";
  static final String ALL = "all";

  private SetArgument() {}

  /**
   * The set of targets that an argument means.
   *
   * @throws IntegrityFailure when it is no id
   */
  static SetSelector onTargets(String argument, Optional<String> target) {
    if (argument.equals(LATEST)) {
      return new SetSelector.Latest(target);
    }
    SetId id =
        SetId.parse(argument)
            .orElseThrow(
                () ->
                    new IntegrityFailure(
                        "there is no set " + argument + ": it is not an id like 20251006_020000",
                        "`holdfast list` shows the sets of every target"));
    return new SetSelector.ById(id, target);
  }

  /**
   * The set that an argument means. What looks like an id is one, even where a folder has its name.
   *
   * @param workingDirectory where relative paths begin
   * @throws IntegrityFailure when it is neither an id nor a folder
   * @throws UsageFailure when it is a folder and a target is named
   */
  static SetSelector parse(String argument, Optional<String> target, Path workingDirectory) {
    if (argument.equals(LATEST)) {
      return new SetSelector.Latest(target);
    }
    Optional<SetId> id = SetId.parse(argument);
    if (id.isPresent()) {
      return new SetSelector.ById(id.get(), target);
    }
    Path folder = workingDirectory.resolve(argument);
    if (!Files.isDirectory(folder)) {
      throw new IntegrityFailure(
          "there is no set " + argument + ": it is neither an id like 20251006_020000 nor a folder",
          "`holdfast list` shows the sets of every target");
    }
    if (target.isPresent()) {
      throw new UsageFailure(
          "--target does not go with a folder", "leave --target out, or name the set by its id");
    }
    return new SetSelector.AtPath(folder.normalize());
  }
}
