package io.holdfast.podman;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent.HoldContainers;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.source.Hold;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pauses or stops containers. Several volumes of one container may be read at a time: it goes on
 * when the last of them is done.
 */
final class PodmanHold implements Hold {

  private final PodmanHost host;
  private final RecoveryJournal journal;
  private final HoldBy how;
  private final Map<String, Pause> pauses = new HashMap<>();

  PodmanHold(PodmanHost host, RecoveryJournal journal, HoldBy how) {
    this.host = host;
    this.journal = journal;
    this.how = how;
  }

  @Override
  public synchronized Held hold(Set<String> containers, Cancellation cancellation) {
    List<String> held = new ArrayList<>();
    try {
      for (String container : new TreeSet<>(containers)) {
        if (pause(container, cancellation)) {
          held.add(container);
        }
      }
    } catch (Failure e) {
      releaseAfter(e, held);
      throw e;
    }
    return new HeldContainers(held);
  }

  private boolean pause(String container, Cancellation cancellation) {
    Pause present = pauses.get(container);
    if (present != null) {
      present.holders++;
      return true;
    }
    Optional<Container> running = host.container(container, cancellation).filter(Container::runs);
    if (running.isEmpty()) {
      return false;
    }
    HoldTake taking = new HoldTake(host);
    HoldContainers intent;
    try {
      intent = taking.intent(running.get(), how, cancellation);
    } catch (Failure e) {
      throw cannotHold(container, e);
    }
    RecoveryJournal.Entry entry = journal.record(intent);
    try {
      taking.take(intent, cancellation);
    } catch (Failure e) {
      undo(entry, e);
      throw cannotHold(container, e);
    }
    pauses.put(container, new Pause(entry));
    return true;
  }

  /** The hold may have taken effect although podman failed or was interrupted. */
  private void undo(RecoveryJournal.Entry entry, Failure cause) {
    try {
      new HoldUndo(host).letGo((HoldContainers) entry.intent(), new Cancellation());
      entry.strike();
    } catch (Failure e) {
      cause.addSuppressed(e);
    }
  }

  private Failure cannotHold(String container, Failure cause) {
    return cause.kind() == FailureKind.INTERRUPTED
        ? cause
        : new SourceFailure(
            FailureKind.SOURCE,
            "Container "
                + container
                + (how == HoldBy.PAUSE ? " cannot be paused: " : " cannot be stopped: ")
                + cause.getMessage(),
            "Take it out of volumes: pause:, or stop it while the backup runs.",
            cause);
  }

  private void releaseAfter(Failure cause, List<String> held) {
    try {
      release(held);
    } catch (Failure e) {
      cause.addSuppressed(e);
    }
  }

  /** Lets go of each, the last one first, whatever becomes of the others. */
  private synchronized void release(List<String> containers) {
    List<Failure> failures = new ArrayList<>();
    List<String> reversed = new ArrayList<>(containers);
    Collections.reverse(reversed);
    for (String container : reversed) {
      Pause pause = pauses.get(container);
      if (pause == null || --pause.holders > 0) {
        continue;
      }
      pauses.remove(container);
      try {
        new HoldUndo(host).letGo((HoldContainers) pause.entry.intent(), new Cancellation());
        pause.entry.strike();
      } catch (Failure e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      Failure first = failures.get(0);
      failures.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }

  /** A container that we hold, and for how many. */
  private static final class Pause {
    private final RecoveryJournal.Entry entry;
    private int holders = 1;

    Pause(RecoveryJournal.Entry entry) {
      this.entry = entry;
    }
  }

  /** Some holder's share of the pauses. */
  private final class HeldContainers implements Held {

    private List<String> containers;

    HeldContainers(List<String> containers) {
      this.containers = List.copyOf(containers);
    }

    @Override
    public void close() {
      List<String> mine = containers;
      containers = List.of();
      release(mine);
    }
  }
}
