package io.holdfast.launcher.cli;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.ServerKey;
import io.holdfast.launcher.config.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast target trust}: shows the keys of a target's servers and pins them. */
@Command(
    name = "trust",
    sortOptions = false,
    header = "Show the key of a target's server and trust it from now on.",
    description =
        "For targets whose server proves who it is by a key (sftp). Compare the fingerprint with the"
            + " one that the server's own console shows. Exit code 12 when a key is not trusted.")
final class TargetTrustCommand implements Action {

  private static final String PREFIX = "SHA256:";

  private final Invocation invocation;
  private final List<ServerKey> shown = new ArrayList<>();

  @Parameters(paramLabel = "NAME", description = "the target, as the configuration names it")
  String target = "";

  @Option(
      names = "--fingerprint",
      paramLabel = "SHA256:...",
      description =
          "trust a key with this fingerprint and no other, without asking; once for each server on"
              + " the way")
  List<String> fingerprints = new ArrayList<>();

  @Option(
      names = "--yes",
      description = "trust, without asking, whatever key a server shows that none is known of")
  boolean yes;

  TargetTrustCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Outcome run() {
    try (Progress progress = invocation.progress();
        Session session = invocation.open(Needs.storage(Optional.of(target)), progress)) {
      session.trustTarget().trust(target, this::accepts);
    }
    return Outcome.report(this::json, this::text, ExitCode.DONE);
  }

  private boolean accepts(ServerKey key) {
    if (key.state() != ServerKey.State.TRUSTED && !isWanted(key)) {
      throw notTrusted(key);
    }
    shown.add(key);
    return true;
  }

  private boolean isWanted(ServerKey key) {
    if (!fingerprints.isEmpty()) {
      return fingerprints.stream().anyMatch(f -> key.fingerprint().equals(withPrefix(f)));
    }
    if (yes) {
      return key.state() == ServerKey.State.UNKNOWN;
    }
    key.pinned().ifPresent(p -> invocation.console().say("  known so far: " + p));
    String question = "Trust " + describe(key) + "? Type yes: ";
    return invocation.console().ask(question).filter("yes"::equals).isPresent();
  }

  private static String withPrefix(String fingerprint) {
    return fingerprint.startsWith(PREFIX) ? fingerprint : PREFIX + fingerprint;
  }

  private static String describe(ServerKey key) {
    return key.server() + ", " + key.type() + " " + key.fingerprint();
  }

  private StorageFailure notTrusted(ServerKey key) {
    String changed =
        key.pinned()
            .map(p -> "\nIt has changed: known so far is " + p + " in " + key.pinnedIn())
            .orElse("");
    return new StorageFailure(
        FailureKind.STORAGE,
        "The key of " + describe(key) + ", is not trusted." + changed,
        "Compare it with what ssh-keygen -lf prints on that server for its key; if it is the same: "
            + "holdfast target trust "
            + target
            + " --fingerprint "
            + key.fingerprint());
  }

  private Json.Fields json() {
    return Json.object()
        .put("command", "target trust")
        .put("target", target)
        .put("keys", shown.stream().map(TargetTrustCommand::json).toList())
        .put("exitCode", ExitCode.DONE);
  }

  private static Json.Fields json(ServerKey key) {
    return Json.object()
        .put("server", key.server())
        .put("type", key.type())
        .put("fingerprint", key.fingerprint())
        .put("wasTrusted", key.state() == ServerKey.State.TRUSTED)
        .put("pinnedIn", key.pinnedIn());
  }

  private void text(Page page) {
    for (ServerKey key : shown) {
      String was = key.state() == ServerKey.State.TRUSTED ? " (it was before)" : "";
      page.line(Style.GOOD, "TRUSTED", "  " + describe(key) + was);
    }
  }
}
