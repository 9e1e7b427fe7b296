package io.holdfast.application.port.out.source;

import io.holdfast.application.port.out.command.Cancellation;
import java.util.List;
import java.util.Optional;

/** Finds what there is to back up where nothing is configured yet. Changes nothing. */
public interface HostScout {

  /** Looks around; what cannot be looked at is a remark, not an exception. */
  Sighting look(Cancellation cancellation);

  /**
   * What was seen.
   *
   * @param clusters PostgreSQL servers
   * @param volumes Podman volumes
   * @param remarks what could not be looked at, and why
   */
  record Sighting(List<Cluster> clusters, List<Volume> volumes, List<String> remarks) {
    public Sighting {
      clusters = List.copyOf(clusters);
      volumes = List.copyOf(volumes);
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * A PostgreSQL server.
   *
   * @param name a name for it: its container's, or {@code main}
   * @param host where it listens, as seen from the host
   * @param port where it listens, as seen from the host
   * @param user its superuser, where that is known
   * @param container the container that it runs in
   */
  record Cluster(
      String name, String host, int port, Optional<String> user, Optional<String> container) {}

  /**
   * A Podman volume.
   *
   * @param name its name
   * @param containers the containers that mount it
   * @param runningServer true when it holds the data of a running PostgreSQL server, so that a copy
   *     of it would be no backup
   */
  record Volume(String name, List<String> containers, boolean runningServer) {
    public Volume {
      containers = List.copyOf(containers);
    }
  }
}
