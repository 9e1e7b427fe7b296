package io.holdfast.postgres;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.FreshCluster;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreProof;
import io.holdfast.application.port.out.store.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A cluster on a new and empty server: waited for, and given all roles of the former one. */
final class NewServer implements FreshCluster {

  /** The first start of a server prepares its data folder. */
  private static final int MOST_LOOKS = 240;

  private static final int PAUSE_MILLIS = 500;

  /** Longer than it is waited for, and younger than any server that is in use. */
  private static final int NEW_SECONDS = 300;

  private final ClusterSettings settings;
  private final Connections connections;
  private final RestoreDestination destination;
  private final Optional<RestoreProof> proof;
  private final List<Secret> ownAttributes = new ArrayList<>();
  private boolean hasGlobals;

  NewServer(
      ClusterSettings settings,
      Connections connections,
      RestoreDestination destination,
      Optional<RestoreProof> proof) {
    this.settings = settings;
    this.connections = connections;
    this.destination = destination;
    this.proof = proof;
  }

  @Override
  public void await(Cancellation cancellation) {
    for (int look = 1; ; look++) {
      cancellation.throwIfCancelled();
      boolean isNew;
      try (Session session = connections.openAdmin(Set.of(), cancellation)) {
        isNew = isNew(session);
      } catch (InterruptedFailure interrupted) {
        throw interrupted;
      } catch (SourceFailure notYet) {
        if (look == MOST_LOOKS) {
          throw notYet;
        }
        cancellation.awaitCancelled(PAUSE_MILLIS);
        continue;
      }
      if (!isNew) {
        throw new SourceFailure(
            FailureKind.SOURCE,
            "What answers in the place of the new server of cluster "
                + settings.name()
                + " is an older one. Nothing in it was changed.",
            "Stop it or free its port, and run the command again.");
      }
      return;
    }
  }

  /**
   * Where another server listens at the same place, it may let us in. A cluster's identifier begins
   * with the second in which its data folder was made (xlog.c, BootStrapXLOG).
   */
  private static boolean isNew(Session session) {
    return session
        .first(
            "ask how old the new server is",
            "SELECT extract(epoch FROM now()) - (system_identifier >> 32) < "
                + NEW_SECONDS
                + " FROM pg_catalog.pg_control_system()",
            row -> row.getBoolean(1))
        .orElse(false);
  }

  @Override
  public List<String> restoreGlobals(ArtifactContent content, Cancellation cancellation)
      throws IOException {
    GlobalsScript globals = GlobalsScript.read(content);
    hasGlobals = true;
    try (Session session = connections.openAdmin(Set.of(), cancellation)) {
      RoleRestore roles = new RoleRestore(session);
      List<String> warnings = roles.replaceAll(globals, settings.login(), ownPassword());
      globals.statements().stream()
          .filter(roles::isOwnAttributes)
          .forEach(statement -> ownAttributes.add(statement.sql()));
      tablespaces(content, warnings);
      return warnings;
    }
  }

  /** They need folders that only the server's administrator can make. */
  private static void tablespaces(ArtifactContent content, List<String> warnings)
      throws IOException {
    try (Reader reader =
        new BufferedReader(new InputStreamReader(content.open(), StandardCharsets.UTF_8))) {
      SqlStatement.each(
          reader,
          statement -> {
            if (statement.compact().startsWith("CREATE", "TABLESPACE")) {
              warnings.add(
                  "a tablespace is not restored, as it needs a folder of its own: what lies in it"
                      + " goes to the usual one");
            }
          });
    }
  }

  private Secret ownPassword() {
    return settings.password().orElseGet(() -> Secret.of(new char[0]));
  }

  @Override
  public RestoreDestination destination() {
    return destination;
  }

  @Override
  public Optional<RestoreProof> proof() {
    return proof;
  }

  @Override
  public List<String> handOver(Cancellation cancellation) {
    boolean password =
        ownAttributes.stream()
            .anyMatch(sql -> sql.reveal(text -> String.valueOf(text).contains(" PASSWORD ")));
    if (!password) {
      return List.of(
          "the set does not hold the password of superuser '"
              + settings.login()
              + (hasGlobals ? "': its globals have none" : "': it has no globals")
              + "; give it one with ALTER ROLE");
    }
    List<String> warnings = new ArrayList<>();
    try (Session session = connections.openAdmin(Set.of(), cancellation)) {
      for (Secret statement : ownAttributes) {
        try {
          session.execute("give the superuser its password", statement);
        } catch (InterruptedFailure interrupted) {
          throw interrupted;
        } catch (Failure refused) {
          warnings.add("the superuser has not got its password: " + refused.getMessage());
        }
      }
    }
    return warnings;
  }
}
