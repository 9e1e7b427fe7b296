package io.holdfast.podman;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.SourceFailure;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.drill.ScratchVolumes;
import io.holdfast.application.port.out.recovery.Intent;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Volumes of this host's Podman for the time of a drill. */
final class DrillVolumes implements ScratchVolumes {

  private final PodmanHost host;
  private final RecoveryJournal journal;

  DrillVolumes(PodmanHost host, RecoveryJournal journal) {
    this.host = host;
    this.journal = journal;
  }

  @Override
  public Path dataPlace(Cancellation cancellation) {
    return Path.of(host.about(cancellation).volumeFolder());
  }

  @Override
  public Reserved reserve(String drill, List<String> names) {
    Intent.Scratch intent = new Intent.Scratch(drill, List.of(), names, List.of());
    return new ReservedVolumes(host, intent, journal.record(intent));
  }

  /** Volumes that are in the journal. */
  private record ReservedVolumes(
      PodmanHost host, Intent.Scratch intent, RecoveryJournal.Entry entry) implements Reserved {

    @Override
    public Map<String, String> labels() {
      return Scratch.labels(intent.drill());
    }

    @Override
    public Path folder(String name, Cancellation cancellation) {
      return host.volume(name, cancellation)
          .map(volume -> Path.of(volume.dataFolder()))
          .orElseThrow(
              () ->
                  new SourceFailure(
                      FailureKind.SOURCE,
                      "Volume " + name + " of the drill is gone.",
                      "Did somebody remove it? Drill once more."));
    }

    @Override
    public void close() {
      new Scratch(host).remove(intent, new Cancellation());
      entry.strike();
    }
  }
}
