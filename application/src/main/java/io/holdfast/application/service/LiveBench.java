package io.holdfast.application.service;

import io.holdfast.application.catalog.Target;
import io.holdfast.application.catalog.TargetDoor;
import io.holdfast.application.contract.Bench;
import io.holdfast.application.contract.Limits;
import io.holdfast.application.contract.ScratchFolder;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.Secret;
import java.util.Collection;
import java.util.OptionalLong;

/** One part of a live target's scratch folder: the first store is the run's own, others are new. */
final class LiveBench implements Bench {

  /** Of what is free no more than this part is filled: others write there too. */
  private static final int PART_OF_FREE_SPACE = 8;

  private final Target target;
  private final TargetDoor door;
  private final ScratchFolder scratch;
  private final String part;
  private final Cancellation cancellation;
  private boolean lent;

  LiveBench(
      Target target, TargetDoor door, ScratchFolder scratch, String part, Cancellation cancel) {
    this.target = target;
    this.door = door;
    this.scratch = scratch;
    this.part = part;
    this.cancellation = cancel;
  }

  @Override
  public BlobStore open() {
    if (lent) {
      return scratch.through(door.open(target), part);
    }
    lent = true;
    return scratch.lend(part);
  }

  @Override
  public Limits limits() {
    OptionalLong free = target.store().freeBytes();
    Limits live = Limits.LIVE;
    return free.isEmpty()
        ? live
        : new Limits(
            Math.min(live.largestBlob(), free.getAsLong() / PART_OF_FREE_SPACE),
            live.raceRounds(),
            live.partBoundaries(),
            live.manyBlobs());
  }

  @Override
  public Collection<Secret> secrets() {
    return door.secrets(target);
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }
}
