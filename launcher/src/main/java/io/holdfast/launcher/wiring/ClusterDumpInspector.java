package io.holdfast.launcher.wiring;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.ArtifactContent;
import io.holdfast.application.port.out.source.ArtifactInspector;
import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.ArtifactKind;
import io.holdfast.postgres.DumpInspector;
import java.io.IOException;
import java.util.Map;

/**
 * Has each dump read by the tools of the cluster that it came from, which are not older than it: a
 * pg_restore refuses dumps of a later one.
 */
final class ClusterDumpInspector implements ArtifactInspector {

  private final Map<String, DumpInspector> byCluster;
  private final DumpInspector otherwise;

  /**
   * @param byCluster by the name of a configured cluster
   * @param otherwise for dumps of no configured cluster, where more than one or none is configured
   */
  ClusterDumpInspector(Map<String, DumpInspector> byCluster, DumpInspector otherwise) {
    this.byCluster = Map.copyOf(byCluster);
    this.otherwise = byCluster.size() == 1 ? byCluster.values().iterator().next() : otherwise;
  }

  @Override
  public boolean inspects(ArtifactKind kind) {
    return kind == ArtifactKind.DATABASE;
  }

  @Override
  public long inspect(ArtifactId id, ArtifactContent content, Cancellation cancellation)
      throws IOException {
    return id.cluster()
        .map(cluster -> byCluster.getOrDefault(cluster, otherwise))
        .orElse(otherwise)
        .inspect(id, content, cancellation);
  }
}
