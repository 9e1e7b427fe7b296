package io.holdfast.launcher.cli;

import io.holdfast.application.port.out.source.ContainerRecreation;
import io.holdfast.application.port.out.store.Secret;
import java.util.Optional;

/**
 * The secret values of containers: from the environment, else from whoever sits at the terminal.
 */
record AskedSecrets(Invocation invocation) implements ContainerRecreation.Secrets {

  @Override
  public Optional<Secret> of(String container, String variable, boolean needed) {
    Optional<Secret> set =
        invocation
            .surroundings()
            .variable(ContainerRecreation.Secrets.variable(container, variable))
            .map(value -> Secret.of(value.toCharArray()));
    if (set.isPresent() || !needed) {
      return set;
    }
    String question = "Value of " + variable + " in container " + container + ": ";
    return invocation.console().operator().askSecret(SafeText.line(question));
  }
}
