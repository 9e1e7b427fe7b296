package io.holdfast.podman;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.Intent.SwapVolume;
import java.util.List;

/**
 * Undoes or ends the replacement of a volume's data, from whatever point it had reached. Which
 * folders are there tells the point: the incoming one is there until the second rename, the
 * outgoing one from the first rename on.
 */
final class SwapUndo {

  private final PodmanHost host;
  private final SiblingFolders folders;

  SwapUndo(PodmanHost host) {
    this.host = host;
    this.folders = new SiblingFolders(host);
  }

  /** Returns what was done. May be called again. */
  String undo(SwapVolume intent, Cancellation cancellation) {
    boolean data = folders.exists(intent.dataFolder(), cancellation);
    boolean incoming = folders.exists(intent.incoming(), cancellation);
    boolean outgoing = folders.exists(intent.outgoing(), cancellation);
    String volume = "volume " + intent.volume();
    if (data && incoming && outgoing) {
      throw ambiguous(intent);
    }
    if (!data && outgoing) {
      folders.rename(intent.outgoing(), intent.dataFolder(), cancellation);
      removeIncoming(intent, cancellation);
      return volume + " has its former data back";
    }
    if (data && outgoing) {
      folders.remove(intent.outgoing(), cancellation);
      removeSettling(intent, cancellation);
      return volume + " has its restored data; the former data was deleted";
    }
    boolean reached = data && !incoming && !folders.isEmpty(intent.dataFolder(), cancellation);
    if (reached) {
      removeSettling(intent, cancellation);
      return volume + " is whole";
    }
    removeIncoming(intent, cancellation);
    return volume
        + (intent.created() ? ", not restored to its end, was removed" : " has its former data");
  }

  private void removeIncoming(SwapVolume intent, Cancellation cancellation) {
    folders.remove(intent.incoming(), cancellation);
    if (!intent.created()) {
      return;
    }
    removeSettling(intent, cancellation);
    if (host.volume(intent.volume(), cancellation).isPresent()) {
      host.podman().text(cancellation, List.of("volume", "rm", intent.volume()));
    }
  }

  private void removeSettling(SwapVolume intent, Cancellation cancellation) {
    if (intent.created()) {
      new FirstMount(host, intent.volume()).remove(cancellation);
    }
  }

  private static SourceFailure ambiguous(SwapVolume intent) {
    return new SourceFailure(
        FailureKind.SOURCE,
        "While Holdfast was away somebody made "
            + intent.dataFolder()
            + ", where the data of volume "
            + intent.volume()
            + " belongs; its former data is in "
            + intent.outgoing()
            + ".",
        "Stop what uses the volume, look into both, move the former data back and delete "
            + intent.incoming()
            + "; then run holdfast check.");
  }
}
