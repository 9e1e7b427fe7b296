package io.holdfast.podman;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent.HoldContainers;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.source.Hold;
import java.util.Optional;

/** Pauses or stops containers. */
final class PodmanHold implements Hold {

  private final PodmanHost host;
  private final RecoveryJournal journal;
  private final HoldBy how;

  PodmanHold(PodmanHost host, RecoveryJournal journal, HoldBy how) {
    this.host = host;
    this.journal = journal;
    this.how = how;
  }

  @Override
  public Held hold(String container, Cancellation cancellation) {
    Optional<Container> running = host.container(container, cancellation).filter(Container::runs);
    if (running.isEmpty()) {
      return () -> {};
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
    return new HeldContainer(entry);
  }

  /** The hold may have taken effect although podman failed or was interrupted. */
  private void undo(RecoveryJournal.Entry entry, Failure cause) {
    try {
      letGo(entry);
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

  private void letGo(RecoveryJournal.Entry entry) {
    new HoldUndo(host).letGo((HoldContainers) entry.intent(), new Cancellation());
    entry.strike();
  }

  /** It goes on once. */
  private final class HeldContainer implements Held {

    private Optional<RecoveryJournal.Entry> entry;

    HeldContainer(RecoveryJournal.Entry entry) {
      this.entry = Optional.of(entry);
    }

    @Override
    public synchronized void close() {
      Optional<RecoveryJournal.Entry> mine = entry;
      entry = Optional.empty();
      mine.ifPresent(PodmanHold.this::letGo);
    }
  }
}
