package io.holdfast.launcher.wiring;

import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.failure.ConfigurationFailure;
import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.out.store.Secret;
import io.holdfast.application.port.out.store.ServerKey;
import io.holdfast.launcher.config.PlaceReader;
import io.holdfast.launcher.config.Problems;
import io.holdfast.launcher.config.SetPlace;
import io.holdfast.launcher.config.Surroundings;
import io.holdfast.launcher.config.TargetConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A folder of sets that was named by its url, open. What it needs and nobody has said, the operator
 * is asked for.
 *
 * @param config how it was opened
 * @param target it as a target
 */
record OpenPlace(TargetConfig config, Target target) {

  private static final String WANTS_PASSPHRASE = "passphrase";

  static OpenPlace open(SetPlace place, Surroundings surroundings, StoragePlugins plugins) {
    PlaceReader reader = new PlaceReader(surroundings, plugins);
    Map<String, Secret> asked = new HashMap<>(ask(reader.questions(place), place));
    try {
      return open(place, reader, asked, plugins);
    } catch (ConfigurationFailure failure) {
      boolean encrypted = String.valueOf(failure.getMessage()).contains(WANTS_PASSPHRASE);
      Map<String, Secret> more = encrypted ? ask(PlaceReader.passphrase(place), place) : Map.of();
      if (more.isEmpty()) {
        throw new ConfigurationFailure(
            failure.getMessage(),
            failure.hint().isEmpty()
                ? PlaceReader.remedy(place)
                : failure.hint() + "\n" + PlaceReader.remedy(place),
            failure);
      }
      asked.putAll(more);
      return open(place, reader, asked, plugins);
    }
  }

  private static Map<String, Secret> ask(Map<String, String> questions, SetPlace place) {
    Map<String, Secret> answers = new HashMap<>();
    questions.forEach(
        (key, question) ->
            place.operator().askSecret(question).ifPresent(typed -> answers.put(key, typed)));
    return answers;
  }

  private static OpenPlace open(
      SetPlace place, PlaceReader reader, Map<String, Secret> asked, StoragePlugins plugins) {
    Problems problems = new Problems();
    Optional<TargetConfig> config = reader.read(place, asked, problems);
    if (config.isEmpty() || !problems.all().isEmpty()) {
      throw new ConfigurationFailure(
          "the set's url or its settings cannot be used\n"
              + String.join(
                  "\n", problems.all().stream().map(p -> p.key() + ": " + p.text()).toList()),
          "");
    }
    if (place.operator().isThere()) {
      showKeys(place, config.get(), plugins);
    }
    return new OpenPlace(
        config.get(), Target.ofAnyHost(place.name(), plugins.open(config.get().settings())));
  }

  private static void showKeys(SetPlace place, TargetConfig config, StoragePlugins plugins) {
    try {
      plugins.trust(config.settings(), key -> accepts(place, key));
    } catch (UsageFailure withoutKeys) {
      // Most kinds of targets prove who they are in another way.
    }
  }

  /**
   * A key that has changed is never taken here: whoever set the server up anew says so elsewhere.
   */
  private static boolean accepts(SetPlace place, ServerKey key) {
    return switch (key.state()) {
      case TRUSTED -> true;
      case CHANGED -> false;
      case UNKNOWN ->
          place
              .operator()
              .ask(
                  "The key of "
                      + key.server()
                      + " is not known: "
                      + key.type()
                      + " "
                      + key.fingerprint()
                      + "\nTrust it? Type yes: ")
              .filter("yes"::equals)
              .isPresent();
    };
  }
}
