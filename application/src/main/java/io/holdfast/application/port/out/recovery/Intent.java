package io.holdfast.application.port.out.recovery;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Holdfast is about to do to the host that must be undone or ended if it is killed. */
public sealed interface Intent {

  /**
   * Containers are kept from running.
   *
   * @param containers their names
   * @param how whether they are paused or stopped
   * @param units the systemd unit of each that was stopped through one, by its name
   * @param dependents the units that are active and that systemd stops with these; each after those
   *     that it depends on
   */
  record HoldContainers(
      List<String> containers, How how, Map<String, String> units, List<String> dependents)
      implements Intent {
    public HoldContainers {
      containers = List.copyOf(containers);
      units = Map.copyOf(units);
      dependents = List.copyOf(dependents);
    }

    /** Containers that no unit owns. */
    public HoldContainers(List<String> containers, How how) {
      this(containers, how, Map.of(), List.of());
    }

    /** How a container is kept from running. */
    public enum How {
      PAUSED,
      STOPPED
    }
  }

  /**
   * A volume's data folder is replaced by a sibling of it.
   *
   * @param volume its name
   * @param dataFolder the folder's path
   * @param incoming the sibling that is being filled
   * @param outgoing the sibling that the present folder becomes
   * @param created true when the volume was not there before
   */
  record SwapVolume(
      String volume, String dataFolder, String incoming, String outgoing, boolean created)
      implements Intent {}

  /**
   * A volume's data folder is copied beside itself, to be read in its place.
   *
   * @param volume its name
   * @param folder the folder that holds the copy
   */
  record FrozenCopy(String volume, String folder) implements Intent {}

  /**
   * Single files are extracted beside the places that they will have.
   *
   * @param folder the folder that holds them until then
   */
  record StagedFiles(String folder) implements Intent {}

  /**
   * Containers and their volumes are made. Each carries the mark, so that nothing of anybody else's
   * is removed in its place.
   *
   * @param mark in the annotation of the containers and the label of the volumes
   * @param containers their names
   * @param volumes their names
   */
  record CreateContainers(String mark, List<String> containers, List<String> volumes)
      implements Intent {
    public CreateContainers {
      containers = List.copyOf(containers);
      volumes = List.copyOf(volumes);
    }
  }

  /**
   * A database is replaced by another one.
   *
   * @param cluster the configured cluster
   * @param database the name that it will have
   * @param incoming the name while it is being filled
   * @param outgoing the name that the present one gets, where there is one
   */
  record SwapDatabase(String cluster, String database, String incoming, Optional<String> outgoing)
      implements Intent {}

  /**
   * Containers, volumes and folders are made for a drill and removed at its end.
   *
   * @param drill the drill's own short name, which is the value of their label
   * @param containers their names
   * @param volumes their names
   * @param folders what the containers write to of this host
   */
  record Scratch(String drill, List<String> containers, List<String> volumes, List<String> folders)
      implements Intent {
    public Scratch {
      containers = List.copyOf(containers);
      volumes = List.copyOf(volumes);
      folders = List.copyOf(folders);
    }
  }

  /**
   * A PostgreSQL server of the host's programs is started for a drill and ended with it.
   *
   * @param drill the drill's own short name
   * @param folder all that it has is in here
   */
  record ScratchServer(String drill, String folder) implements Intent {}
}
