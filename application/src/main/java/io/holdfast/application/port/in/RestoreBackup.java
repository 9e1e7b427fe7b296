package io.holdfast.application.port.in;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.PreparedRestore;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.application.port.out.source.TableChoice;
import io.holdfast.domain.backup.ArtifactId;
import java.util.List;
import java.util.Optional;

/** Brings databases and volumes back from a set. */
public interface RestoreBackup {

  /**
   * Verifies what it needs of the set, looks at what is there, and restores, databases first.
   * Nothing is changed while any of it has an obstacle.
   *
   * @throws io.holdfast.application.port.failure.IntegrityFailure when the set is unknown,
   *     incomplete or damaged; nothing was changed
   * @throws io.holdfast.application.port.failure.SourceFailure when there is an obstacle (nothing
   *     was changed), or a restore failed (what was there before is still there)
   * @throws io.holdfast.application.port.failure.UsageFailure when {@code as} does not go with what
   *     is selected
   */
  Result restore(Request request, Cancellation cancellation);

  /**
   * What to restore.
   *
   * @param selector from which set
   * @param selection which databases and volumes
   * @param as another name for the one that is selected
   * @param force true to replace what exists
   * @param dryRun true to plan only
   * @param tables of one database, where not all of it is wanted
   */
  record Request(
      SetSelector selector,
      Selection selection,
      Optional<String> as,
      boolean force,
      boolean dryRun,
      Optional<TableChoice> tables) {

    /** Whole databases and volumes. */
    public Request(
        SetSelector selector,
        Selection selection,
        Optional<String> as,
        boolean force,
        boolean dryRun) {
      this(selector, selection, as, force, dryRun, Optional.empty());
    }

    /** The same with some tables of the one database alone. */
    public Request withTables(TableChoice choice) {
      return new Request(selector, selection, as, force, dryRun, Optional.of(choice));
    }
  }

  /**
   * What came of it.
   *
   * @param set the set's id or folder
   * @param location where it was read from
   * @param items what became of each artifact, in order
   * @param executed false for a dry run
   */
  record Result(String set, String location, List<RestoredItem> items, boolean executed) {
    public Result {
      items = List.copyOf(items);
    }
  }

  /**
   * One artifact.
   *
   * @param id which
   * @param target the name that it has or would have
   * @param steps what was or would be done
   * @param obstacles why it could not be run; only in a dry run
   * @param warnings what an operator should know
   * @param failure why it failed; empty when it did not
   */
  record RestoredItem(
      ArtifactId id,
      String target,
      List<String> steps,
      List<PreparedRestore.Obstacle> obstacles,
      List<String> warnings,
      Optional<String> failure) {
    public RestoredItem {
      steps = List.copyOf(steps);
      obstacles = List.copyOf(obstacles);
      warnings = List.copyOf(warnings);
    }
  }
}
