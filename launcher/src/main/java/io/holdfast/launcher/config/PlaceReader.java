package io.holdfast.launcher.config;

import io.holdfast.application.port.failure.UsageFailure;
import io.holdfast.application.port.out.store.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads a folder of sets that is named by its url as a target, with settings as a configured one
 * has them. What is not said is taken from where the tools of its kind look for it: the variables
 * of the AWS SDKs, the agent and the keys of ssh.
 */
public final class PlaceReader {

  private static final String WHERE = "the command line";
  private static final List<String> AWS_IDENTITIES =
      List.of(
          "AWS_ACCESS_KEY_ID",
          "AWS_PROFILE",
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          "AWS_CONTAINER_CREDENTIALS_FULL_URI");
  private static final List<String> SSH_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");
  private static final String SSH_PASSWORD = "HOLDFAST_SFTP_PASSWORD";
  private static final String SSH_PASSPHRASE = "HOLDFAST_SFTP_PASSPHRASE";

  private final Surroundings surroundings;
  private final StorageSchemes schemes;

  public PlaceReader(Surroundings surroundings, StorageSchemes schemes) {
    this.surroundings = surroundings;
    this.schemes = schemes;
  }

  /**
   * The target.
   *
   * @param asked settings that the operator was asked for
   * @param problems takes what is wrong with its url and its settings
   */
  public Optional<TargetConfig> read(SetPlace place, Map<String, Secret> asked, Problems problems) {
    Map<String, String> settings = new TreeMap<>();
    for (String option : place.options()) {
      int equals = option.indexOf('=');
      if (equals < 1) {
        throw new UsageFailure(
            "A --storage-option is not key=value.",
            "Write it like --storage-option region=eu-central-1.");
      }
      settings.put(option.substring(0, equals), option.substring(equals + 1));
    }
    String scheme = place.folder().replaceFirst(":.*", "").toLowerCase(Locale.ROOT);
    fill(scheme, settings);
    settings.put("url", place.folder());
    settings.keySet().removeAll(asked.keySet());
    References references =
        new References(surroundings.environment(), surroundings.workingDirectory());
    Reading reading = new Reading(WHERE, problems, references, new Problems(), true);
    Section section = new Section("--storage-option", node(settings), reading);
    return new StorageReader(schemes, surroundings.hostName())
        .readTarget(place.name(), section)
        .map(target -> with(target, asked));
  }

  private void fill(String scheme, Map<String, String> settings) {
    if (scheme.equals("s3")) {
      surroundings
          .variable("AWS_ENDPOINT_URL_S3")
          .or(() -> surroundings.variable("AWS_ENDPOINT_URL"))
          .ifPresent(endpoint -> settings.putIfAbsent("endpoint", endpoint));
      surroundings
          .variable("AWS_REGION")
          .or(() -> surroundings.variable("AWS_DEFAULT_REGION"))
          .ifPresent(region -> settings.putIfAbsent("region", region));
    }
    if (scheme.equals("sftp")) {
      if (surroundings.variable(SSH_PASSWORD).isPresent()) {
        settings.putIfAbsent("password", "${env:" + SSH_PASSWORD + "}");
      }
      boolean unsaid =
          List.of("private-key", "password", "agent").stream().noneMatch(settings::containsKey);
      if (unsaid && surroundings.variable("SSH_AUTH_SOCK").isPresent()) {
        settings.put("agent", "true");
      }
      if (unsaid || surroundings.variable(SSH_PASSPHRASE).isPresent()) {
        sshKey().ifPresent(key -> settings.putIfAbsent("private-key", key.toString()));
      }
      if (surroundings.variable(SSH_PASSPHRASE).isPresent()
          && settings.containsKey("private-key")) {
        settings.putIfAbsent("passphrase", "${env:" + SSH_PASSPHRASE + "}");
      }
    }
  }

  /** What has to be asked for before the target can be opened, by its key: the question. */
  public Map<String, String> questions(SetPlace place) {
    Map<String, String> questions = new TreeMap<>();
    if (place.folder().toLowerCase(Locale.ROOT).startsWith("s3:") && !knowsAwsIdentity(place)) {
      questions.put("access-key", "Access key of " + place.name() + ": ");
      questions.put("secret-key", "Secret key of " + place.name() + ": ");
    }
    if (place.folder().toLowerCase(Locale.ROOT).startsWith("sftp:") && !knowsSshIdentity(place)) {
      questions.put("password", "Password of " + place.folder() + ": ");
    }
    return questions;
  }

  /** What an encrypted key needs. */
  public static Map<String, String> passphrase(SetPlace place) {
    return Map.of("passphrase", "Passphrase of the key for " + place.folder() + ": ");
  }

  /** How what is missing can be given where there is nobody to ask. */
  public static String remedy(SetPlace place) {
    String folder = place.folder().toLowerCase(Locale.ROOT);
    if (folder.startsWith("s3:")) {
      return "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --storage-option"
          + " access-key='${file:PATH}' and --storage-option secret-key='${file:PATH}'.";
    }
    if (folder.startsWith("sftp:")) {
      return "Give --storage-option private-key=PATH, or set "
          + SSH_PASSWORD
          + " (a password), "
          + SSH_PASSPHRASE
          + " (a key's passphrase) or SSH_AUTH_SOCK (an agent).";
    }
    return "Correct the url, or give the setting with --storage-option KEY=VALUE.";
  }

  private boolean knowsAwsIdentity(SetPlace place) {
    return place.has("access-key")
        || place.has("profile")
        || AWS_IDENTITIES.stream().anyMatch(name -> surroundings.variable(name).isPresent())
        || surroundings
            .variable("HOME")
            .map(home -> Files.exists(Path.of(home, ".aws", "credentials")))
            .orElse(false);
  }

  private boolean knowsSshIdentity(SetPlace place) {
    return List.of("private-key", "password", "agent").stream().anyMatch(place::has)
        || surroundings.variable("SSH_AUTH_SOCK").isPresent()
        || surroundings.variable(SSH_PASSWORD).isPresent()
        || sshKey().isPresent();
  }

  private Optional<Path> sshKey() {
    Path keys = surroundings.accountFolder().resolve(".ssh");
    return SSH_KEYS.stream().map(keys::resolve).filter(Files::isRegularFile).findFirst();
  }

  private static TargetConfig with(TargetConfig target, Map<String, Secret> asked) {
    Map<String, SecretReference> secrets = new TreeMap<>(target.secrets());
    asked.forEach((key, secret) -> secrets.put(key, SecretReference.typed(key, secret)));
    return new TargetConfig(
        target.name(),
        target.position(),
        target.url(),
        target.written(),
        target.required(),
        target.values(),
        secrets);
  }

  private static MappingNode node(Map<String, String> settings) {
    List<NodeTuple> entries = new ArrayList<>();
    settings.forEach((key, value) -> entries.add(new NodeTuple(text(key), text(value))));
    return new MappingNode(Tag.MAP, entries, FlowStyle.BLOCK);
  }

  private static Node text(String text) {
    return new ScalarNode(Tag.STR, text, ScalarStyle.DOUBLE_QUOTED);
  }
}
