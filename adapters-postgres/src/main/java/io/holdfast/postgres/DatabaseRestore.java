package io.holdfast.postgres;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.source.PreparedRestore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Restores one database into another one beside it, and swaps the two. */
final class DatabaseRestore implements PreparedRestore {

  private final ClusterSettings settings;
  private final Connections connections;
  private final RecoveryJournal journal;
  private final ContentLoad load;
  private final DatabaseSwap swap;
  private final SideSchema side;
  private final RestorePlan plan;
  private final List<Obstacle> obstacles;

  DatabaseRestore(
      ClusterSettings settings,
      Connections connections,
      RecoveryJournal journal,
      ContentLoad load,
      SideSchema side,
      RestorePlan plan,
      RestoreObstacles obstacles) {
    this.settings = settings;
    this.connections = connections;
    this.journal = journal;
    this.load = load;
    this.side = side;
    this.swap = new DatabaseSwap(connections);
    this.plan = plan;
    this.obstacles = List.copyOf(obstacles.list());
  }

  @Override
  public List<String> steps() {
    return plan.steps();
  }

  @Override
  public List<Obstacle> obstacles() {
    return obstacles;
  }

  @Override
  public List<String> run(Cancellation cancellation) throws IOException {
    if (!obstacles.isEmpty()) {
      Obstacle first = obstacles.get(0);
      throw new SourceFailure(FailureKind.SOURCE, first.problem(), first.remedy());
    }
    List<String> warnings = new ArrayList<>(plan.warnings());
    Intent.SwapDatabase intent = intend(warnings, cancellation);
    RecoveryJournal.Entry entry = journal.record(intent);
    try {
      create(cancellation);
      fill(warnings, cancellation);
      cancellation.throwIfCancelled();
      if (plan.schema().isPresent()) {
        side.bring(
            plan.tables(),
            plan.schema().get(),
            plan.incoming(),
            plan.item().target(),
            cancellation);
      } else {
        swap.swap(intent, cancellation);
      }
    } catch (RuntimeException | IOException | Error e) {
      undo(intent, entry, e);
      throw e;
    }
    finish(intent, entry, warnings);
    return warnings;
  }

  /** Looks once more at what is there, since time may have passed, and creates roles. */
  private Intent.SwapDatabase intend(List<String> warnings, Cancellation cancellation) {
    String target = plan.item().target();
    boolean present;
    try (Session session = connections.openAdmin(Set.of(target), cancellation)) {
      present = DatabaseSwap.exists(session, target);
      if (present && !plan.item().replace() && plan.schema().isEmpty()) {
        throw new SourceFailure(
            FailureKind.SOURCE,
            "Database " + target + " has appeared since the restore was planned.",
            "--force replaces it; --as NEW restores beside it.");
      }
      plan.globals()
          .ifPresent(globals -> warnings.addAll(new RoleRestore(session).createMissing(globals)));
    }
    return new Intent.SwapDatabase(
        settings.name(),
        target,
        plan.incoming(),
        present && plan.schema().isEmpty() ? Optional.of(plan.outgoing()) : Optional.empty());
  }

  private void create(Cancellation cancellation) {
    Set<String> avoid = Set.of(plan.item().target(), plan.incoming());
    boolean keepTablespace = plan.missingTablespaces().isEmpty();
    try (Session session = connections.openAdmin(avoid, cancellation)) {
      session.execute(
          "create database '" + plan.incoming() + "'",
          plan.script().create(keepTablespace, plan.server().version().major()));
    }
  }

  /** The owner and settings come first, as in the source; what may keep us out comes last. */
  private void fill(List<String> warnings, Cancellation cancellation) throws IOException {
    try (Session session = connections.open(plan.incoming(), cancellation)) {
      if (PublicSchema.lacked(plan.item().origin())) {
        session.execute("drop the schema public, as in the source", PublicSchema.DROP);
      }
      for (String statement : plan.script().beforeContent()) {
        apply(session, statement, warnings);
      }
    }
    if (plan.item().tables().isPresent()) {
      TableLoad tables = new TableLoad(connections, load);
      warnings.addAll(tables.run(plan, plan.tables(), plan.incoming(), cancellation));
    } else {
      load.run(plan.item().content(), plan.incoming(), plan.loadOptions(), cancellation);
    }
    if (plan.schema().isPresent()) {
      return;
    }
    try (Session session = connections.open(plan.incoming(), cancellation)) {
      for (String statement : plan.script().afterContent()) {
        apply(session, statement, warnings);
      }
    }
  }

  /** A setting that this server does not know keeps nobody from the data. */
  private static void apply(Session session, String sql, List<String> warnings) {
    boolean setting = SqlStatement.all(sql).stream().anyMatch(DatabaseScript::isSetting);
    try {
      session.execute("run " + sql, sql);
    } catch (SourceFailure e) {
      if (!setting) {
        throw e;
      }
      warnings.add("a setting of the database was not restored: " + e.getMessage());
    }
  }

  private void undo(Intent.SwapDatabase intent, RecoveryJournal.Entry entry, Throwable failure) {
    try {
      if (!SqlErrors.isDuplicateDatabase(failure)) {
        swap.settle(intent, new Cancellation());
      }
      entry.strike();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void finish(
      Intent.SwapDatabase intent, RecoveryJournal.Entry entry, List<String> warnings) {
    try {
      if (plan.schema().isPresent()) {
        swap.drop(intent, plan.incoming(), new Cancellation());
      } else if (intent.outgoing().isPresent()) {
        swap.drop(intent, intent.outgoing().get(), new Cancellation());
      }
      entry.strike();
    } catch (Failure e) {
      warnings.add(
          (plan.schema().isPresent()
                  ? "the scratch database is still there as " + plan.incoming()
                  : "the replaced database is still there as " + plan.outgoing())
              + ", and the next run drops it: "
              + e.getMessage());
    }
  }
}
