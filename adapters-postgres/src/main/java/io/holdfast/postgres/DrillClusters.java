package io.holdfast.postgres;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.drill.ScratchClusters;
import io.holdfast.application.port.out.drill.ScratchServer;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreProof;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Clusters for the time of a drill. */
public final class DrillClusters implements ScratchClusters {

  /** A name that no role of a source has. */
  private static final String OWN_SUPERUSER = "holdfast_drill";

  private static final String USUAL_SUPERUSER = "postgres";

  private final Map<String, String> logins;
  private final int restoreJobs;
  private final BackupEvents events;
  private final Clock clock;

  /**
   * @param logins the role that each configured cluster is logged in to as
   * @param restoreJobs how many parallel jobs a pg_restore gets where it can use them
   * @param events is told of the progress
   * @param clock this host's
   */
  public DrillClusters(
      Map<String, String> logins, int restoreJobs, BackupEvents events, Clock clock) {
    this.clock = clock;
    this.logins = Map.copyOf(logins);
    this.restoreJobs = restoreJobs;
    this.events = events;
  }

  @Override
  public String superuser(String cluster, Optional<ArtifactContent> globals) throws IOException {
    if (globals.isEmpty()) {
      return logins.getOrDefault(cluster, USUAL_SUPERUSER);
    }
    Set<String> superusers = GlobalsScript.read(globals.get()).superusers();
    String login = logins.getOrDefault(cluster, USUAL_SUPERUSER);
    if (superusers.contains(login)) {
      return login;
    }
    return superusers.contains(USUAL_SUPERUSER)
        ? USUAL_SUPERUSER
        : superusers.stream().findFirst().orElse(OWN_SUPERUSER);
  }

  @Override
  public ScratchCluster of(String cluster, ScratchServer server) {
    ClusterSettings settings =
        new ClusterSettings(
            cluster,
            server.endpoint().host(),
            server.endpoint().port(),
            Optional.of(server.superuser()),
            Optional.empty(),
            ClusterSettings.DEFAULT_MAINTENANCE_DATABASE,
            List.of("*"),
            List.of(),
            true,
            new Compression.Auto(),
            restoreJobs);
    return new DrillCluster(
        new Connections(settings),
        new PostgresCluster(
            settings, server.tools(), server.toolsInContainer(), new NoJournal(), events, clock));
  }

  private record DrillCluster(Connections connections, PostgresCluster cluster)
      implements ScratchCluster {

    @Override
    public List<String> createRoles(ArtifactContent globals, Cancellation cancellation)
        throws IOException {
      GlobalsScript script = GlobalsScript.read(globals);
      try (Session session = connections.openAdmin(Set.of(), cancellation)) {
        return new RoleRestore(session).createAll(script);
      }
    }

    @Override
    public RestoreDestination destination() {
      return cluster.destination();
    }

    @Override
    public RestoreProof proof() {
      return cluster.proof();
    }

    @Override
    public Optional<String> refutation(String database, String sql, Cancellation cancellation) {
      try (Session session = connections.open(database, cancellation)) {
        return SqlAssertion.refutation(session, sql);
      }
    }
  }
}
