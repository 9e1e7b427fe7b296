package io.holdfast.podman;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.source.FixedMoment;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.Cut.ClusterCut;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Volumes that do not change while they are read: frozen copies, and those that nothing writes. */
final class FrozenVolumes implements FixedMoment {

  private final VolumeFreezer freezer;
  private final Set<ArtifactId> still;
  private final Map<ArtifactId, VolumeFreezer.Copy> copies = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();

  /**
   * @param still volumes that no running container mounts
   */
  FrozenVolumes(VolumeFreezer freezer, Set<ArtifactId> still) {
    this.freezer = freezer;
    this.still = Set.copyOf(still);
  }

  synchronized void add(ArtifactId volume, VolumeFreezer.Copy copy) {
    copies.put(volume, copy);
  }

  synchronized void remark(String sentence) {
    remarks.add(sentence);
  }

  /** What is read in a volume's place. */
  synchronized Optional<String> folderOf(ArtifactId volume) {
    return Optional.ofNullable(copies.get(volume)).map(VolumeFreezer.Copy::folder);
  }

  @Override
  public Optional<ClusterCut> cluster() {
    return Optional.empty();
  }

  @Override
  public synchronized Set<ArtifactId> frozen() {
    Set<ArtifactId> frozen = new HashSet<>(still);
    frozen.addAll(copies.keySet());
    return frozen;
  }

  @Override
  public synchronized List<String> remarks() {
    return List.copyOf(remarks);
  }

  /** Removes every copy that it can before it fails. */
  @Override
  public synchronized void close() {
    List<Failure> failures = new ArrayList<>();
    for (Map.Entry<ArtifactId, VolumeFreezer.Copy> copy : List.copyOf(copies.entrySet())) {
      try {
        freezer.remove(copy.getValue().entry());
        copies.remove(copy.getKey());
      } catch (Failure failure) {
        failures.add(failure);
      }
    }
    if (!failures.isEmpty()) {
      Failure first = failures.get(0);
      failures.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }
}
