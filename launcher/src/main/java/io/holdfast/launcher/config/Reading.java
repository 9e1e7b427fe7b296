package io.holdfast.launcher.config;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.Secret;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;

/**
 * What the readers of the sections share.
 *
 * @param file the file as the operator would open it
 * @param problems takes what is wrong
 * @param references fetches what references stand for
 * @param gaps takes the references that cannot be fetched where that is no problem
 * @param needed false when the command does not use the section, so that a reference which cannot
 *     be fetched is no problem
 */
record Reading(
    String file, Problems problems, References references, Problems gaps, boolean needed) {

  /** The same for a section that the command does or does not use. */
  Reading neededIf(boolean isNeeded) {
    return new Reading(file, problems, references, new Problems(), isNeeded);
  }

  void problem(Value value, String text) {
    problems.add(value.position(), value.path(), text);
  }

  /** A plain value with its references replaced; empty when one of them cannot be. */
  Optional<Value> expand(Value value) {
    Matcher matcher = Reference.ANY.matcher(value.text());
    StringBuilder expanded = new StringBuilder();
    boolean whole = true;
    while (matcher.find()) {
      Optional<String> replacement = replacementOf(matcher, value);
      whole &= replacement.isPresent();
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(replacement.orElse("")));
    }
    matcher.appendTail(expanded);
    return whole ? Optional.of(value.withText(expanded.toString())) : Optional.empty();
  }

  /** A secret, which must be one whole reference; empty when it is not or cannot be fetched. */
  Optional<SecretReference> secret(Value value) {
    Optional<Reference> reference = Reference.parse(value.text());
    if (reference.isEmpty()) {
      problem(
          value,
          "a secret stands here in the open; expected a reference to it, " + Reference.EXPECTED);
      return Optional.empty();
    }
    SecretReference secret = new SecretReference(reference.get(), references);
    if (needed) {
      try {
        secret.prefetch();
      } catch (UnresolvedReferenceException e) {
        problem(value, e.reason());
      }
    }
    return Optional.of(secret);
  }

  /** A text that may be a secret or hold one; what it refers to is fetched when it is asked for. */
  Supplier<Secret> later(Value value) {
    Optional<Reference> whole = Reference.parse(value.text());
    if (whole.isPresent()) {
      return new SecretReference(whole.get(), references)::resolve;
    }
    return () -> {
      Problems found = new Problems();
      Optional<Value> expanded = new Reading(file, found, references, found, true).expand(value);
      return expanded
          .map(text -> Secret.of(text.text().toCharArray()))
          .orElseThrow(
              () ->
                  new ConfigurationFailure(
                      found.all().get(0).text(), "set it, or correct " + value.path()));
    };
  }

  private Optional<String> replacementOf(Matcher found, Value value) {
    Optional<Reference> reference = Reference.of(found);
    if (reference.isEmpty()) {
      problem(value, "not a reference that is known; expected " + Reference.EXPECTED);
      return Optional.empty();
    }
    try {
      return Optional.of(String.valueOf(references.fetch(reference.get())));
    } catch (UnresolvedReferenceException e) {
      (needed ? problems : gaps).add(value.position(), value.path(), e.reason());
      return Optional.empty();
    }
  }
}
