package io.holdfast.launcher.cli;

import io.holdfast.application.port.in.SetSelector;
import io.holdfast.launcher.config.Needs;
import java.util.Optional;

/**
 * The set that a command reads.
 *
 * @param selector which
 * @param needs what reading it uses of the configuration: nothing for a folder of this host
 */
record SelectedSet(SetSelector selector, Needs needs) {

  static SelectedSet of(String argument, Optional<String> target, Invocation invocation) {
    SetSelector selector =
        SetArgument.parse(argument, target, invocation.surroundings().workingDirectory());
    Needs needs = selector instanceof SetSelector.AtPath ? Needs.nothing() : Needs.storage(target);
    return new SelectedSet(selector, needs);
  }
}
