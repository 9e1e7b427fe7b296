package io.holdfast.podman;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent.SwapVolume;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.podman.archive.TarSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Restores a volume beside its data and swaps the two by rename while the containers that use it
 * are stopped. Until the swap every failure leaves the former data where it is.
 */
final class VolumeSwap {

  private final PodmanHost host;
  private final RecoveryJournal journal;
  private final VolumePlan plan;
  private final SiblingFolders folders;
  private final StoppedContainers containers;
  private final List<String> warnings = new ArrayList<>();
  private boolean stuck;

  VolumeSwap(PodmanHost host, RecoveryJournal journal, VolumePlan plan) {
    this.host = host;
    this.journal = journal;
    this.plan = plan;
    this.folders = new SiblingFolders(host);
    this.containers = new StoppedContainers(host, journal, plan.volume());
  }

  List<String> run(Cancellation cancellation) throws IOException {
    SwapVolume intent =
        new SwapVolume(
            plan.volume(), plan.dataFolder(), plan.incoming(), plan.outgoing(), plan.created());
    RecoveryJournal.Entry entry = journal.record(intent);
    try {
      fill(cancellation);
      containers.stop(cancellation);
      swap();
    } catch (IOException | RuntimeException | Error e) {
      undo(intent, entry, e);
      containers.startAfter(e);
      throw e;
    }
    deleteFormer(entry);
    return warnings;
  }

  private void fill(Cancellation cancellation) throws IOException {
    if (plan.created()) {
      host.podman().text(cancellation, plan.creation());
      demandDataFolder(cancellation);
      mountOnce(cancellation);
    } else if (new FirstMount(host, plan.volume()).isStillToCome(cancellation)) {
      warnings.add(firstMountWarning());
    }
    folders.create(plan.incoming(), cancellation);
    VolumeExtract extract = new VolumeExtract(host, plan);
    TarSummary summary = extract.run(cancellation);
    warnings.addAll(extract.warnings());
    if (!summary.hasRoot()) {
      inventRoot(cancellation);
    }
    folders.flush(plan.incoming(), cancellation);
    cancellation.throwIfCancelled();
  }

  private void demandDataFolder(Cancellation cancellation) {
    String made =
        host.volume(plan.volume(), cancellation).map(PodmanVolume::dataFolder).orElse("nowhere");
    if (!made.equals(plan.dataFolder())) {
      throw new SourceFailure(
          FailureKind.SOURCE,
          "Podman made volume "
              + plan.volume()
              + " in "
              + made
              + " instead of "
              + plan.dataFolder(),
          "Compare podman info with storage.conf.");
    }
  }

  private void mountOnce(Cancellation cancellation) {
    FirstMount firstMount = new FirstMount(host, plan.volume());
    try {
      firstMount.perform(cancellation);
    } catch (SourceFailure e) {
      warnings.add(firstMountWarning() + " (" + e.getMessage() + ")");
      return;
    }
    if (firstMount.isStillToCome(cancellation)) {
      warnings.add(firstMountWarning());
    }
  }

  private String firstMountWarning() {
    return "No container has mounted volume "
        + plan.volume()
        + " yet: when the first does, podman may change the owner and mode of its root folder."
        + " Compare them with the archive's first member then.";
  }

  /** An archive without the root folder leaves it to us what that is like. */
  private void inventRoot(Cancellation cancellation) {
    if (plan.created()) {
      host.filesystem(cancellation, "chmod", "0755", "--", plan.incoming());
      warnings.add(
          "The archive does not tell the root folder's owner and mode: it is root's, 0755.");
      return;
    }
    String like = "--reference=" + plan.dataFolder();
    host.filesystem(cancellation, "chown", like, "--", plan.incoming());
    host.filesystem(cancellation, "chmod", like, "--", plan.incoming());
    warnings.add("The archive does not tell the root folder's owner and mode: they are unchanged.");
  }

  /** Two renames, and the containers on the new data: an interruption waits for the end of it. */
  private void swap() {
    Cancellation whole = new Cancellation();
    folders.rename(plan.dataFolder(), plan.outgoing(), whole);
    folders.rename(plan.incoming(), plan.dataFolder(), whole);
    try {
      folders.flush(plan.parent(), whole);
      containers.start();
    } catch (Failure e) {
      swapBack(e, whole);
      throw e;
    }
  }

  /** What does not start on the new data gets the former data back. */
  private void swapBack(Failure cause, Cancellation whole) {
    try {
      for (Container container : StoppedContainers.running(host, plan.volume(), whole)) {
        host.podman().text(whole, List.of("stop", container.name()));
      }
      folders.rename(plan.dataFolder(), plan.incoming(), whole);
      folders.rename(plan.outgoing(), plan.dataFolder(), whole);
    } catch (Failure e) {
      cause.addSuppressed(e);
      stuck = true;
    }
  }

  /** With both data folders in doubt nothing is deleted: the journal keeps the intent. */
  private void undo(SwapVolume intent, RecoveryJournal.Entry entry, Throwable cause) {
    if (stuck) {
      return;
    }
    try {
      new SwapUndo(host).undo(intent, new Cancellation());
      entry.strike();
    } catch (Failure e) {
      cause.addSuppressed(e);
    }
  }

  /** The restore is done: what is left to tidy up fails it no more, nor does an interruption. */
  private void deleteFormer(RecoveryJournal.Entry entry) {
    try {
      folders.remove(plan.outgoing(), new Cancellation());
      entry.strike();
    } catch (Failure e) {
      warnings.add(
          "The former data in "
              + plan.outgoing()
              + " could not be deleted; holdfast check tries again: "
              + e.getMessage());
    }
  }
}
