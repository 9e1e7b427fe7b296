package io.holdfast.application.service;

import io.holdfast.application.catalog.Target;
import io.holdfast.application.catalog.TargetDoor;
import io.holdfast.application.contract.BrokenPromiseException;
import io.holdfast.application.contract.ContractCase;
import io.holdfast.application.contract.ScratchFolder;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.in.VerifyTarget.Result;
import io.holdfast.application.port.in.VerifyTarget.TriedPromise;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.event.BackupEvent;
import io.holdfast.application.port.out.event.BackupEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs cases of the contract on a live target, and removes all that they wrote. */
final class TargetTrial {

  private static final String NOTHING_IS_LEFT = "nothing of this trial is left";

  private final Target target;
  private final TargetDoor door;
  private final ScratchFolder scratch;
  private final BackupEvents events;
  private Optional<String> unreachable = Optional.empty();

  TargetTrial(Target target, TargetDoor door, String scratchName, BackupEvents events) {
    this.target = target;
    this.door = door;
    this.scratch = new ScratchFolder(target.store(), scratchName);
    this.events = events;
  }

  /** Tries each; one that finds the target unreachable is the last. */
  List<TriedPromise> run(List<ContractCase> cases, Cancellation cancellation) {
    List<TriedPromise> tried = new ArrayList<>();
    boolean whole = false;
    try {
      for (ContractCase each : cases) {
        tried.add(told(each, "part" + tried.size(), cancellation));
      }
      whole = true;
    } finally {
      if (!whole) {
        clearAndTell();
      }
    }
    tried.add(clear());
    return tried;
  }

  private TriedPromise told(ContractCase each, String part, Cancellation cancellation) {
    if (unreachable.isPresent()) {
      return new TriedPromise(each.promise(), Result.NOT_TRIED, unreachable.get(), Duration.ZERO);
    }
    String task = "target " + target.name() + ": " + each.promise();
    events.on(new BackupEvent.TaskStarted(task, OptionalLong.empty()));
    try {
      return run(each, part, cancellation);
    } finally {
      events.on(new BackupEvent.TaskEnded(task));
    }
  }

  private TriedPromise run(ContractCase each, String part, Cancellation cancellation) {
    long begun = System.nanoTime();
    Optional<BrokenPromiseException> broken = Optional.empty();
    try {
      each.run(new LiveBench(target, door, scratch, part, cancellation));
    } catch (BrokenPromiseException why) {
      broken = Optional.of(why);
      unreachable = unreachableBecauseOf(why);
    }
    if (unreachable.isEmpty()) {
      clear(part);
    }
    return new TriedPromise(
        each.promise(),
        broken.isPresent() ? Result.BROKEN : Result.KEPT,
        broken.map(BrokenPromiseException::seen).orElse(""),
        Duration.ofNanos(System.nanoTime() - begun));
  }

  private static Optional<String> unreachableBecauseOf(BrokenPromiseException broken) {
    return Optional.ofNullable(broken.getCause())
        .filter(StorageFailure.class::isInstance)
        .map(StorageFailure.class::cast)
        .filter(failure -> failure.kind().isTemporary())
        .map(StorageFailure::getMessage);
  }

  /** What cannot be removed now is tried once more at the end, and told then. */
  private void clear(String part) {
    try {
      scratch.clear(part);
    } catch (StorageFailure again) {
      events.on(new BackupEvent.Detail(again.getMessage()));
    }
  }

  private TriedPromise clear() {
    long begun = System.nanoTime();
    String seen = "";
    try {
      scratch.clear();
      if (!scratch.isEmpty()) {
        seen = "what was deleted is still listed below " + scratch.location();
      }
    } catch (StorageFailure failure) {
      seen = leftBehind(failure);
    }
    return new TriedPromise(
        NOTHING_IS_LEFT,
        seen.isEmpty() ? Result.KEPT : Result.BROKEN,
        seen,
        Duration.ofNanos(System.nanoTime() - begun));
  }

  private void clearAndTell() {
    try {
      scratch.clear();
    } catch (StorageFailure failure) {
      events.on(new BackupEvent.Warning(leftBehind(failure)));
    }
  }

  private String leftBehind(StorageFailure failure) {
    return "Could not remove "
        + scratch.location()
        + " (the next holdfast check does): "
        + failure.getMessage();
  }
}
