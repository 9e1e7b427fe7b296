package io.holdfast.postgres;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.IntegrityFailure;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvents;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.PreparedRestore;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreItem;
import io.holdfast.application.port.out.source.TableChoice;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Restores databases into one cluster. */
final class DatabaseDestination implements RestoreDestination {

  private final ClusterSettings settings;
  private final Connections connections;
  private final DumpTools tools;
  private final RecoveryJournal journal;
  private final ContentLoad load;

  DatabaseDestination(
      ClusterSettings settings,
      Connections connections,
      DumpTools tools,
      RecoveryJournal journal,
      BackupEvents events) {
    this.settings = settings;
    this.connections = connections;
    this.tools = tools;
    this.journal = journal;
    this.load = new ContentLoad(settings, tools, events);
  }

  @Override
  public boolean takes(ArtifactId id) {
    return id.kind() == ArtifactKind.DATABASE
        && id.cluster().map(settings.name()::equals).orElse(true);
  }

  @Override
  public PreparedRestore prepare(RestoreItem item, Cancellation cancellation) throws IOException {
    TableOfContents contents = contentsOf(item.content());
    requireTables(item, contents);
    ToolVersion tool = tools.version(DumpTools.RESTORE, cancellation);
    Optional<GlobalsScript> globals = Optional.empty();
    if (item.globals().isPresent()) {
      globals = Optional.of(GlobalsScript.read(item.globals().get()));
    }
    Set<String> avoid = Set.of(item.target());
    try (Session session = connections.openAdmin(avoid, cancellation)) {
      ServerFacts server = ServerFacts.read(session);
      Set<String> taken = taken(server, item.target());
      String incoming = SwapNames.incoming(item.target(), taken);
      RestorePlan plan =
          new RestorePlan(
              item,
              contents,
              new DatabaseScript(contents, incoming),
              globals,
              server,
              tool,
              load.parallelFile(item.content(), tool).isPresent() ? settings.restoreJobs() : 1,
              incoming,
              SwapNames.outgoing(item.target(), taken),
              sessionsOf(session, item.target()));
      return new DatabaseRestore(
          settings,
          connections,
          journal,
          load,
          new SideSchema(connections, tools),
          plan,
          obstacles(session, plan, cancellation));
    }
  }

  private RestoreObstacles obstacles(Session session, RestorePlan plan, Cancellation cancellation) {
    RestoreObstacles obstacles = new RestoreObstacles(session, plan.server());
    if (plan.schema().isPresent()) {
      obstacles.sideSchema(
          plan.item().target(),
          plan.schema().get(),
          plan.tables(),
          () -> connections.open(plan.item().target(), cancellation));
    } else {
      obstacles.target(plan.item().target(), plan.item().replace());
    }
    obstacles.rights();
    obstacles.toolTooOld(plan.tool(), plan.contents().header());
    obstacles.extensions(plan.contents().extensions());
    obstacles.roles(
        plan.contents().roles(), plan.globals().map(GlobalsScript::roles).orElse(Set.of()));
    obstacles.locales(plan.script());
    return obstacles;
  }

  private static void requireTables(RestoreItem item, TableOfContents contents) {
    for (String name : item.tables().map(TableChoice::names).orElse(List.of())) {
      if (contents.tables().stream().noneMatch(table -> table.isMeantBy(name))) {
        List<String> near = DumpedTable.near(name, contents.tables());
        throw new SourceFailure(
            FailureKind.SOURCE,
            "The dump of the "
                + item.id().describe()
                + " has no table "
                + name
                + ". Nothing was changed.",
            near.isEmpty()
                ? "Tables are named SCHEMA.TABLE, as in public.orders."
                : "Did you mean " + String.join(", ", near) + "?");
      }
    }
  }

  private static TableOfContents contentsOf(ArtifactContent content) throws IOException {
    try (InputStream in = new BufferedInputStream(content.open())) {
      return TableOfContents.read(in);
    } catch (MalformedArchiveException e) {
      throw new IntegrityFailure(
          content.describe() + " cannot be restored: " + e.getMessage() + ".",
          "Restore from another set.",
          e);
    }
  }

  /** What exists, and what a killed restore may still have to clear away. */
  private Set<String> taken(ServerFacts server, String target) {
    Set<String> taken = new HashSet<>(server.databases());
    taken.add(target);
    for (RecoveryJournal.Entry entry : journal.abandoned()) {
      if (entry.intent() instanceof Intent.SwapDatabase swap
          && swap.cluster().equals(settings.name())) {
        taken.add(swap.incoming());
        swap.outgoing().ifPresent(taken::add);
      }
    }
    return new TreeSet<>(taken);
  }

  private static int sessionsOf(Session session, String database) {
    return session
        .first(
            "count the sessions",
            "SELECT count(*) FROM pg_catalog.pg_stat_activity"
                + " WHERE datname = ? AND backend_type = 'client backend'",
            row -> row.getInt(1),
            database)
        .orElse(0);
  }
}
