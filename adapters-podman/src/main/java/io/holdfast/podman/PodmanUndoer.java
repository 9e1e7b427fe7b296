package io.holdfast.podman;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.Undoer;
import io.holdfast.podman.extract.TarFiles;

/** Undoes what a killed run had begun with volumes, containers and files of volumes. */
final class PodmanUndoer implements Undoer {

  private final PodmanHost host;
  private final VolumeFreezer freezer;

  PodmanUndoer(PodmanHost host, VolumeFreezer freezer) {
    this.host = host;
    this.freezer = freezer;
  }

  @Override
  public boolean knows(Intent intent) {
    return intent instanceof Intent.SwapVolume
        || intent instanceof Intent.HoldContainers
        || intent instanceof Intent.FrozenCopy
        || intent instanceof Intent.StagedFiles
        || intent instanceof Intent.Scratch
        || intent instanceof Intent.CreateContainers;
  }

  @Override
  public String undo(Intent intent, Cancellation cancellation) {
    if (intent instanceof Intent.SwapVolume swap) {
      return new SwapUndo(host).undo(swap, cancellation);
    }
    if (intent instanceof Intent.FrozenCopy copy) {
      return freezer.undo(copy, cancellation);
    }
    if (intent instanceof Intent.HoldContainers hold) {
      return new HoldUndo(host).undo(hold, cancellation);
    }
    if (intent instanceof Intent.StagedFiles staged) {
      // The tar of whoever was killed may still be extracting.
      Orphans.await(staged.folder(), cancellation);
      return TarFiles.clear(staged);
    }
    if (intent instanceof Intent.Scratch scratch) {
      return new Scratch(host).undo(scratch, cancellation);
    }
    if (intent instanceof Intent.CreateContainers made) {
      return new CreationUndo(host).undo(made, cancellation);
    }
    throw new IllegalArgumentException("not Podman's: " + intent);
  }
}
