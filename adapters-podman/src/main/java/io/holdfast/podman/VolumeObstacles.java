package io.holdfast.podman;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.PreparedRestore.Obstacle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for what is in the way of a volume's restore. Changes nothing. */
final class VolumeObstacles {

  private final PodmanHost host;
  private final VolumePlan plan;
  private final Optional<PodmanVolume> existing;
  private final SiblingFolders folders;
  private final List<Obstacle> obstacles = new ArrayList<>();

  VolumeObstacles(PodmanHost host, VolumePlan plan, Optional<PodmanVolume> existing) {
    this.host = host;
    this.plan = plan;
    this.existing = existing;
    this.folders = new SiblingFolders(host);
  }

  List<Obstacle> find(Cancellation cancellation) {
    if (existing.isPresent() && !plan.item().replace()) {
      add(
          "volume " + plan.volume() + " exists",
          "Restore it beside with --as NEW, or replace it with --force.");
    }
    if (!isReachable()) {
      return obstacles;
    }
    lookAtContainers(cancellation);
    lookAtFolders(cancellation);
    return obstacles;
  }

  private boolean isReachable() {
    PodmanVolume.Access access =
        existing
            .map(PodmanVolume::access)
            .orElseGet(
                () ->
                    PodmanVolume.accessOf(VolumePlan.driver(plan.item().origin()), plan.options()));
    switch (access) {
      case FOLDER, BOUND -> {
        return true;
      }
      case MOUNTED ->
          add(
              "volume " + plan.volume() + " is a file system of its own that podman mounts",
              "Restore it as a plain volume with --as NEW onto one that was created without"
                  + " options, or extract its tar by hand where it is mounted.");
      case FOREIGN ->
          add(
              "volume " + plan.volume() + " belongs to a driver that only a plugin knows",
              "Create a local volume of another name and restore onto it with --as and --force.");
    }
    return false;
  }

  private void lookAtContainers(Cancellation cancellation) {
    for (Container container : host.containers(cancellation)) {
      if (!container.mounts(plan.volume())) {
        continue;
      }
      if (container.isPaused()) {
        add(
            "container " + container.name() + " uses the volume and is paused",
            "podman unpause " + container.name() + ", or stop it.");
      }
      if (container.runs() && container.removedWhenStopped()) {
        add(
            "container "
                + container.name()
                + " uses the volume and was started with --rm: stopping would remove it",
            "Stop it yourself, and start it again after the restore.");
      }
    }
  }

  private void lookAtFolders(Cancellation cancellation) {
    String parent = existing.isPresent() || isBound() ? plan.parent() : volumesFolder(cancellation);
    if (!folders.exists(parent, cancellation)) {
      add("there is no folder " + parent, "Create it: mkdir -p " + parent);
      return;
    }
    if (isBound()) {
      lookAtBoundFolder(cancellation);
    }
    if (!folders.isWritable(parent, cancellation)) {
      add(
          "the folder " + parent + " may not be written to",
          "Run holdfast as the user that the volume belongs to.");
    }
    for (String remnant : List.of(plan.incoming(), plan.outgoing())) {
      if (folders.exists(remnant, cancellation)) {
        add(
            remnant + " is there, of a restore that was not ended",
            "Run holdfast check; if it stays, look into it and remove it by hand.");
      }
    }
    long needed = plan.item().content().storedBytes();
    long available = folders.available(parent, cancellation);
    if (available < needed) {
      add(
          "the restore needs at least "
              + needed
              + " bytes beside the present data, and "
              + parent
              + " has "
              + available,
          "Make room there.");
    }
  }

  private void lookAtBoundFolder(Cancellation cancellation) {
    if (!folders.exists(plan.dataFolder(), cancellation)) {
      add(
          "there is no folder " + plan.dataFolder() + ", which the volume is bound to",
          "Create it: mkdir -p " + plan.dataFolder());
      return;
    }
    if (folders.isMountPoint(plan.dataFolder(), cancellation)) {
      add(
          plan.dataFolder() + " is a mount point and cannot be swapped",
          "Restore with --as NEW, and copy from there.");
    }
    if (plan.created()
        && !plan.item().replace()
        && !folders.isEmpty(plan.dataFolder(), cancellation)) {
      add(
          plan.dataFolder() + ", which the volume will be bound to, is not empty",
          "Replace what it holds with --force.");
    }
  }

  private boolean isBound() {
    return plan.options().containsKey("device");
  }

  private String volumesFolder(Cancellation cancellation) {
    return host.about(cancellation).volumeFolder();
  }

  private void add(String problem, String remedy) {
    obstacles.add(new Obstacle(problem, remedy));
  }
}
