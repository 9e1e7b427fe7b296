package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.in.SetSelector;
import io.holdfast.launcher.config.Needs;
import io.holdfast.launcher.config.SetPlace;
import java.util.List;
import java.util.Optional;

/**
 * The set that a command reads.
 *
 * @param selector which
 * @param needs what reading it uses of the configuration: nothing for a folder of this host, and
 *     for a set that is named by its url
 */
record SelectedSet(SetSelector selector, Needs needs) {

  static SelectedSet of(String argument, Optional<String> target, Invocation invocation) {
    return of(argument, target, List.of(), invocation);
  }

  /**
   * The same.
   *
   * @param storageOptions the settings of a target that is named by its url
   * @throws UsageFailure where a target is named beside a url, or settings without one
   */
  static SelectedSet of(
      String argument,
      Optional<String> target,
      List<String> storageOptions,
      Invocation invocation) {
    Optional<SetUrl> url = SetUrl.parse(argument);
    if (url.isPresent()) {
      if (target.isPresent()) {
        throw new UsageFailure(
            "--target does not go with a url", "leave --target out, or name the set by its id");
      }
      SetPlace place =
          new SetPlace(url.get().folder(), storageOptions, invocation.console().operator());
      return new SelectedSet(url.get().set(), Needs.place(place));
    }
    if (!storageOptions.isEmpty()) {
      throw new UsageFailure(
          "--storage-option goes with a set that is named by its url",
          "name it like s3://bucket/prefix/20251006_020000, or leave the option out");
    }
    SetSelector selector =
        SetArgument.parse(argument, target, invocation.surroundings().workingDirectory());
    Needs needs = selector instanceof SetSelector.AtPath ? Needs.nothing() : Needs.storage(target);
    return new SelectedSet(selector, needs);
  }

  /** True when the set is named by its url. */
  boolean isByUrl() {
    return needs.place().isPresent();
  }
}
