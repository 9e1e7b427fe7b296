package io.holdfast.podman;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent.HoldContainers;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import java.util.List;
import java.util.Optional;

/** The running containers that use a volume, stopped while its data is swapped. */
final class StoppedContainers {

  private final PodmanHost host;
  private final RecoveryJournal journal;
  private final String volume;
  private Optional<RecoveryJournal.Entry> entry = Optional.empty();

  StoppedContainers(PodmanHost host, RecoveryJournal journal, String volume) {
    this.host = host;
    this.journal = journal;
    this.volume = volume;
  }

  /** The containers that a swap of this volume has to stop. */
  static List<Container> running(PodmanHost host, String volume, Cancellation cancellation) {
    return host.containers(cancellation).stream()
        .filter(container -> container.mounts(volume) && container.runs() && !container.infra())
        .toList();
  }

  /**
   * Stops them, each with its own patience, which an interruption does not cut short: one that is
   * half stopped could not be started again.
   */
  void stop(Cancellation cancellation) {
    List<String> names = running(host, volume, cancellation).stream().map(Container::name).toList();
    if (!names.isEmpty()) {
      entry = Optional.of(journal.record(new HoldContainers(names, HoldContainers.How.STOPPED)));
    }
    for (String name : names) {
      cancellation.throwIfCancelled();
      host.podman().text(new Cancellation(), List.of("stop", name));
    }
    List<Container> stubborn = running(host, volume, cancellation);
    if (!stubborn.isEmpty()) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "Container " + stubborn.get(0).name() + " was stopped and runs again at once.",
          "Whatever keeps it running (a systemd unit?) must be stopped first; then restore again.");
    }
    if (host.volume(volume, cancellation).map(PodmanVolume::mounts).orElse(0) > 0) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "Volume " + volume + " is still mounted though no container that uses it runs.",
          "Unmount it (podman volume unmount "
              + volume
              + ", or stop its pod); then restore again.");
    }
  }

  /** Starts again what was stopped; strikes the intent once all run. May be called again. */
  void start() {
    if (entry.isEmpty()) {
      return;
    }
    RecoveryJournal.Entry stopped = entry.get();
    new HoldUndo(host).letGo((HoldContainers) stopped.intent(), new Cancellation());
    stopped.strike();
    entry = Optional.empty();
  }

  /** The same after a failure, to which a further one is added. */
  void startAfter(Throwable cause) {
    try {
      start();
    } catch (Failure e) {
      cause.addSuppressed(e);
    }
  }
}
