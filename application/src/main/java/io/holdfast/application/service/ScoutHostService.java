package io.holdfast.application.service;

import io.holdfast.application.port.in.ScoutHost;
import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.HostScout;
import java.util.ArrayList;
import java.util.List;

/** Puts together what every scout sees. */
final class ScoutHostService implements ScoutHost {

  private final List<HostScout> scouts;

  ScoutHostService(List<HostScout> scouts) {
    this.scouts = scouts;
  }

  @Override
  public HostScout.Sighting scout(Cancellation cancellation) {
    List<HostScout.Cluster> clusters = new ArrayList<>();
    List<HostScout.Volume> volumes = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (HostScout scout : scouts) {
      HostScout.Sighting seen = scout.look(cancellation);
      for (HostScout.Cluster cluster : seen.clusters()) {
        if (clusters.stream().noneMatch(c -> isSame(c, cluster))) {
          clusters.add(cluster);
        }
      }
      volumes.addAll(seen.volumes());
      remarks.addAll(seen.remarks());
    }
    return new HostScout.Sighting(clusters, volumes, remarks);
  }

  private static boolean isSame(HostScout.Cluster one, HostScout.Cluster other) {
    return one.port() == other.port() && one.host().equals(other.host());
  }
}
