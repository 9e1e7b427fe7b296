package io.holdfast.application.service;

import io.holdfast.application.catalog.Deletions;
import io.holdfast.application.catalog.SetCatalog;
import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.in.ListedSet;
import io.holdfast.application.port.in.PruneBackups.Outcome;
import io.holdfast.application.port.in.PruneBackups.PrunedSet;
import io.holdfast.application.port.in.PruneBackups.PrunedTarget;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import io.holdfast.domain.backup.SetScope;
import io.holdfast.domain.retention.Decision;
import io.holdfast.domain.retention.KeptSet;
import io.holdfast.domain.retention.RetentionPlan;
import io.holdfast.domain.retention.RetentionPolicy;
import io.holdfast.domain.retention.Standing;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pruning of one target: what is there, what is to go, what went. */
final class TargetPrune {

  /** So many sets at once: what is asked about all sets, and written down, is so once for them. */
  private static final int BATCH = 16;

  /** Deleting is waiting for the target, most of the time. */
  private static final int AT_ONCE = 4;

  private final SetCatalog catalog;
  private final Marks marks;
  private final RetentionPolicy policy;
  private final Clock clock;
  private final Deletions deletions;
  private final Map<SetId, Outcome> outcomes = new HashMap<>();
  private Map<BlobKey, Set<SetId>> begun = Map.of();
  private Optional<RetentionPlan> plan = Optional.empty();

  TargetPrune(SetCatalog catalog, Marks marks, RetentionPolicy policy, Clock clock) {
    this.catalog = catalog;
    this.marks = marks;
    this.policy = policy;
    this.clock = clock;
    this.deletions =
        new Deletions(
            catalog.target(),
            pieces ->
                BoundedWork.run(AT_ONCE, pieces.stream().map(TargetPrune::callable).toList()));
  }

  private static Callable<Boolean> callable(Runnable work) {
    return () -> {
      work.run();
      return true;
    };
  }

  /**
   * Decides about every set. What lies about them is looked at first: who begins to read a set
   * later is seen by the second look, right before it goes.
   *
   * @param named the unfinished sets that a run may still be writing
   */
  void plan(Collection<SetId> named) {
    begun = deletions.begun();
    Set<SetId> halfDeleted =
        begun.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    Set<SetId> pinned = marks.pinned();
    Set<SetId> inUse = new TreeSet<>(marks.inUse());
    inUse.addAll(named);
    Set<SetId> damaged = marks.damaged();
    List<KeptSet> sets =
        catalog.listStrictly().stream()
            .map(
                set ->
                    new KeptSet(
                        set.id(),
                        standingOf(set, halfDeleted),
                        pinned.contains(set.id()),
                        inUse.contains(set.id()),
                        damaged.contains(set.id()),
                        set.storedBytes(),
                        set.manifest().flatMap(Manifest::scope).orElse(SetScope.WHOLE)))
            .toList();
    plan = Optional.of(policy.decide(sets, clock.instant()));
  }

  private static Standing standingOf(ListedSet set, Set<SetId> halfDeleted) {
    return switch (set.state()) {
      case INCOMPLETE ->
          halfDeleted.contains(set.id()) ? Standing.HALF_DELETED : Standing.INCOMPLETE;
      case HANDMADE -> Standing.HANDMADE;
      case UNREADABLE -> Standing.UNREADABLE;
      case COMPLETE -> set.foreignHost().isPresent() ? Standing.FOREIGN : Standing.COMPLETE;
      case PARTIAL -> set.foreignHost().isPresent() ? Standing.FOREIGN : Standing.PARTIAL;
    };
  }

  /** Deletes what is to go, oldest first, for as long as the lock is held. */
  void carryOut(TargetLocker.Locked lock, Cancellation cancellation) {
    if (plan.isEmpty() || !(plan.get() instanceof RetentionPlan.Decided decided)) {
      return;
    }
    List<Decision> todo = decided.deletions();
    String task = "prune " + catalog.target().name();
    long bytes = todo.stream().mapToLong(each -> each.set().bytes()).sum();
    if (!todo.isEmpty()) {
      lock.events().on(new BackupEvent.TaskStarted(task, OptionalLong.of(bytes)));
    }
    try {
      delete(todo, task, lock, cancellation);
    } finally {
      if (!todo.isEmpty()) {
        lock.events().on(new BackupEvent.TaskEnded(task));
      }
    }
    forgetVainIntents(decided);
  }

  private void delete(
      List<Decision> todo, String task, TargetLocker.Locked lock, Cancellation cancellation) {
    for (int i = 0; i < todo.size(); i += BATCH) {
      cancellation.throwIfCancelled();
      List<Decision> batch = todo.subList(i, Math.min(todo.size(), i + BATCH));
      delete(batch.stream().map(Decision::set).toList(), lock);
      long done = batch.stream().mapToLong(each -> each.set().bytes()).sum();
      lock.events().on(new BackupEvent.TaskAdvanced(task, done));
    }
  }

  /** Those of sets that stay after all, and of sets that were gone when their prune was killed. */
  private void forgetVainIntents(RetentionPlan.Decided decided) {
    Map<SetId, Standing> there =
        decided.decisions().stream()
            .collect(Collectors.toMap(each -> each.set().id(), each -> each.set().standing()));
    begun.forEach(
        (intent, sets) -> {
          sets.stream().filter(id -> !there.containsKey(id)).forEach(marks::forget);
          if (sets.stream().noneMatch(id -> isHalfDeletedStill(id, there.get(id)))) {
            deletions.forget(intent);
          }
        });
  }

  private boolean isHalfDeletedStill(SetId id, @Nullable Standing standing) {
    return standing == Standing.HALF_DELETED && outcomes.get(id) != Outcome.DELETED;
  }

  private void delete(List<KeptSet> batch, TargetLocker.Locked lock) {
    batch.forEach(set -> outcomes.put(set.id(), Outcome.SPARED));
    Set<SetId> wanted = marks.wanted();
    List<SetId> going =
        batch.stream()
            .filter(set -> !wanted.contains(set.id()) && !isOther(set))
            .map(KeptSet::id)
            .toList();
    if (going.isEmpty()) {
      return;
    }
    going.forEach(outcomes::remove);
    deletions
        .delete(going, lock, marks::wanted, marks::forget)
        .forEach(id -> outcomes.put(id, Outcome.DELETED));
    going.forEach(id -> outcomes.putIfAbsent(id, Outcome.SPARED));
  }

  /** True when what was listed without checksums has some: then it is not what was decided on. */
  private boolean isOther(KeptSet set) {
    return switch (set.standing()) {
      case INCOMPLETE, HALF_DELETED -> catalog.set(set.id()).isPublished();
      case COMPLETE, PARTIAL, HANDMADE, UNREADABLE, FOREIGN -> false;
    };
  }

  /**
   * What came of it.
   *
   * @param failure why it ended early
   */
  PrunedTarget result(Optional<Failure> failure) {
    List<PrunedSet> sets = new ArrayList<>();
    Optional<RetentionPlan.Refused> refusal = Optional.empty();
    if (plan.isPresent() && plan.get() instanceof RetentionPlan.Decided decided) {
      decided.decisions().forEach(each -> sets.add(new PrunedSet(each, outcomeOf(each))));
    } else if (plan.isPresent() && plan.get() instanceof RetentionPlan.Refused refused) {
      refusal = Optional.of(refused);
    }
    return new PrunedTarget(
        catalog.target().name(), catalog.target().store().location(), sets, refusal, failure);
  }

  private Outcome outcomeOf(Decision decision) {
    return decision.kept()
        ? Outcome.KEPT
        : outcomes.getOrDefault(decision.set().id(), Outcome.TO_DELETE);
  }
}
