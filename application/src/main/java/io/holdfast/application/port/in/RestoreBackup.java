package io.holdfast.application.port.in;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.PreparedRestore;
import io.holdfast.application.port.out.source.Selection;
import io.holdfast.application.port.out.source.TableChoice;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.fingerprint.Difference;
import java.time.Duration;
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
   * @param check true to hold what was restored against the fingerprints of the manifest
   */
  record Request(
      SetSelector selector,
      Selection selection,
      Optional<String> as,
      boolean force,
      boolean dryRun,
      Optional<TableChoice> tables,
      boolean check) {

    /** Whole databases and volumes, not checked. */
    public Request(
        SetSelector selector,
        Selection selection,
        Optional<String> as,
        boolean force,
        boolean dryRun) {
      this(selector, selection, as, force, dryRun, Optional.empty(), false);
    }

    /** The same with some tables of the one database alone. */
    public Request withTables(TableChoice choice) {
      return new Request(selector, selection, as, force, dryRun, Optional.of(choice), check);
    }

    /** The same, checked or not. */
    public Request withCheck(boolean checked) {
      return new Request(selector, selection, as, force, dryRun, tables, checked);
    }
  }

  /**
   * What came of it.
   *
   * @param set the set's id or folder
   * @param location where it was read from
   * @param items what became of each artifact, in order
   * @param executed false for a dry run
   * @param verifying how long the set was verified
   * @param took how long all of it took
   */
  record Result(
      String set,
      String location,
      List<RestoredItem> items,
      boolean executed,
      Duration verifying,
      Duration took) {
    public Result {
      items = List.copyOf(items);
    }

    /** One whose time nobody took. */
    public Result(String set, String location, List<RestoredItem> items, boolean executed) {
      this(set, location, items, executed, Duration.ZERO, Duration.ZERO);
    }

    /** True when anything that was restored is not what was backed up. */
    public boolean differs() {
      return items.stream().anyMatch(item -> item.check().map(Check::differs).orElse(false));
    }

    /** True when a comparison that was asked for could not be carried through. */
    public boolean isUnproven() {
      return items.stream().anyMatch(item -> item.check().map(Check::failed).orElse(false));
    }
  }

  /**
   * What came of holding a restored artifact against its fingerprint.
   *
   * @param compared what was compared, for people; empty when nothing could be
   * @param differences in what they differ
   * @param skipped why it was not compared
   * @param failed true when it was meant to be and could not
   */
  record Check(
      String compared, List<Difference> differences, Optional<String> skipped, boolean failed) {
    public Check {
      differences = List.copyOf(differences);
    }

    /** One that came to its end, or was not meant to be. */
    public Check(String compared, List<Difference> differences, Optional<String> skipped) {
      this(compared, differences, skipped, false);
    }

    /** One that could not be carried through. */
    public static Check failed(String why) {
      return new Check("", List.of(), Optional.of(why), true);
    }

    /** True when it is not what was backed up. */
    public boolean differs() {
      return !differences.isEmpty();
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
   * @param took how long it took
   * @param check what came of its comparison; empty when it was not asked for
   */
  record RestoredItem(
      ArtifactId id,
      String target,
      List<String> steps,
      List<PreparedRestore.Obstacle> obstacles,
      List<String> warnings,
      Optional<String> failure,
      Duration took,
      Optional<Check> check) {
    /** One whose time nobody took. */
    public RestoredItem(
        ArtifactId id,
        String target,
        List<String> steps,
        List<PreparedRestore.Obstacle> obstacles,
        List<String> warnings,
        Optional<String> failure) {
      this(id, target, steps, obstacles, warnings, failure, Duration.ZERO, Optional.empty());
    }

    public RestoredItem {
      steps = List.copyOf(steps);
      obstacles = List.copyOf(obstacles);
      warnings = List.copyOf(warnings);
    }

    /** The same, compared. */
    public RestoredItem withCheck(Check done) {
      return new RestoredItem(
          id, target, steps, obstacles, warnings, failure, took, Optional.of(done));
    }
  }
}
