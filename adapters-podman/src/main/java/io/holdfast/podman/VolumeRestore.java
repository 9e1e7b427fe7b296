package io.holdfast.podman;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.recovery.RecoveryJournal;
import io.holdfast.application.port.out.source.PreparedRestore;
import io.holdfast.application.port.out.source.RestoreDestination;
import io.holdfast.application.port.out.source.RestoreItem;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.domain.backup.ArtifactOrigin;
import io.holdfast.podman.archive.TarInspector;
import io.holdfast.podman.archive.TarSummary;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The host's volumes as a place to restore to. */
final class VolumeRestore implements RestoreDestination {

  private final PodmanHost host;
  private final RecoveryJournal journal;

  VolumeRestore(PodmanHost host, RecoveryJournal journal) {
    this.host = host;
    this.journal = journal;
  }

  @Override
  public boolean takes(ArtifactId id) {
    return id.kind() == ArtifactKind.VOLUME;
  }

  @Override
  public PreparedRestore prepare(RestoreItem item, Cancellation cancellation) throws IOException {
    Optional<PodmanVolume> existing = host.volume(item.target(), cancellation);
    boolean textAcls = hasTextAclsAlone(item, cancellation);
    VolumePlan plan =
        existing
            .map(volume -> replacing(item, volume, textAcls))
            .orElseGet(() -> creating(item, textAcls, cancellation));
    return new PreparedVolumeRestore(
        plan,
        new VolumeObstacles(host, plan, existing).find(cancellation),
        StoppedContainers.running(host, plan.volume(), cancellation).stream()
            .map(Container::name)
            .toList(),
        differences(item.origin(), existing),
        scope -> new VolumeSwap(host, journal, plan).run(scope));
  }

  private static VolumePlan replacing(RestoreItem item, PodmanVolume volume, boolean textAcls) {
    return new VolumePlan(
        item,
        volume.name(),
        false,
        volume.labels(),
        volume.options(),
        volume.dataFolder(),
        textAcls);
  }

  private VolumePlan creating(RestoreItem item, boolean textAcls, Cancellation cancellation) {
    String mountPoint = host.about(cancellation).volumeFolder() + "/" + item.target() + "/_data";
    Map<String, String> options = VolumePlan.options(item.origin());
    return new VolumePlan(
        item,
        item.target(),
        true,
        VolumePlan.labels(item.origin()),
        options,
        PodmanVolume.dataFolderOf(VolumePlan.driver(item.origin()), options, mountPoint),
        textAcls);
  }

  /**
   * What Holdfast wrote has ACLs exactly, among the extended attributes; tar would drop them if it
   * were told to look for text. What somebody else wrote is looked through.
   */
  private static boolean hasTextAclsAlone(RestoreItem item, Cancellation cancellation)
      throws IOException {
    if (item.origin() instanceof ArtifactOrigin.FromVolume) {
      return false;
    }
    TarSummary summary = TarInspector.summarise(item.id(), item.content(), cancellation);
    return summary.hasTextAcls() && !summary.hasRawAcls();
  }

  private static List<String> differences(ArtifactOrigin origin, Optional<PodmanVolume> existing) {
    if (existing.isEmpty() || !(origin instanceof ArtifactOrigin.FromVolume from)) {
      return List.of();
    }
    PodmanVolume volume = existing.get();
    boolean same = volume.labels().equals(from.labels()) && volume.options().equals(from.options());
    return same
        ? List.of()
        : List.of(
            "Volume "
                + volume.name()
                + " has other labels or options than when it was backed up; they are left as they"
                + " are: only its data is restored.");
  }
}
