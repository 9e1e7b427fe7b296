package io.holdfast.launcher.config;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.Secret;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a secret is to be had: {@code ${env:NAME}} or {@code ${file:PATH}}. It is fetched when it
 * is first asked for, once (a file may be a pipe), so that a command that needs no secret runs
 * where there is none.
 */
public final class SecretReference {

  private final Reference reference;
  private final References references;
  private @Nullable Secret fetched;

  SecretReference(Reference reference, References references) {
    this.reference = reference;
    this.references = references;
  }

  /** One that the operator has typed. */
  static SecretReference typed(String key, Secret secret) {
    SecretReference typed =
        new SecretReference(
            new Reference(Reference.Origin.ENVIRONMENT, key),
            new References(name -> Optional.empty(), Path.of("")));
    typed.fetched = secret;
    return typed;
  }

  /**
   * The secret.
   *
   * @throws ConfigurationFailure when the variable is not set, or the file cannot be read or is
   *     empty
   */
  public Secret resolve() {
    try {
      return prefetch();
    } catch (UnresolvedReferenceException e) {
      throw new ConfigurationFailure(
          e.reason(), "set it, or correct the reference " + reference + " in the configuration");
    }
  }

  synchronized Secret prefetch() throws UnresolvedReferenceException {
    Secret secret = fetched;
    if (secret == null) {
      char[] characters = references.fetch(reference);
      secret = Secret.of(characters);
      Arrays.fill(characters, '\0');
      fetched = secret;
    }
    return secret;
  }

  /** The reference, never the secret. */
  @Override
  public String toString() {
    return reference.toString();
  }
}
