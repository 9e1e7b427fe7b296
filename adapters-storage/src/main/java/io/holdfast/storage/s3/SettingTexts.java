package io.holdfast.storage.s3;

import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.application.port.out.store.Settings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings of a target one by one, each refused with its key. */
record SettingTexts(Settings settings) {

  private static final Set<String> SECRETS = Set.of("access-key", "secret-key", "session-token");

  Optional<String> choice(String key, String... choices) {
    Optional<String> text = text(key);
    if (text.isPresent() && !List.of(choices).contains(text.get())) {
      throw wrong(key, "is " + text.get() + "; expected one of " + String.join(", ", choices));
    }
    return text;
  }

  String checked(String key, String text, String pattern, String example) {
    if (!text.matches(pattern)) {
      throw wrong(key, "is " + text + "; expected a name such as " + example);
    }
    return text;
  }

  /** A setting that is no secret, though it may have been given by reference. */
  Optional<String> text(String key) {
    return settings.value(key).or(() -> settings.secret(key).map(s -> s.reveal(String::new)));
  }

  Optional<Secret> secret(String key) {
    if (SECRETS.contains(key) && settings.value(key).isPresent()) {
      throw wrong(key, "stands in the open; expected a reference, ${env:NAME} or ${file:PATH}");
    }
    Optional<Secret> secret = settings.secret(key);
    if (secret.filter(Secret::isEmpty).isPresent()) {
      throw wrong(key, "is empty");
    }
    return secret;
  }

  ConfigurationFailure wrong(String key, String problem) {
    return new ConfigurationFailure(
        "The setting " + key + " of storage target " + settings.name() + " " + problem + ".",
        "Correct storage." + settings.name() + "." + key + ", then run `holdfast check`.");
  }

  ConfigurationFailure wrongUrl(String problem, String hint) {
    String shown = settings.url().toString().replaceFirst("//[^/]*@", "//");
    return new ConfigurationFailure(
        "The url of storage target " + settings.name() + " " + problem + ": " + shown, hint);
  }
}
