package io.holdfast.application.service;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.PreparedRestore;
import io.holdfast.domain.backup.ArtifactId;
import java.util.List;

/** The plan of an artifact that no configured cluster could take, or more than one. */
record NoDestination(ArtifactId id, int takers) implements PreparedRestore {
  @Override
  public List<String> steps() {
    return List.of();
  }

  @Override
  public List<Obstacle> obstacles() {
    String problem =
        takers == 0
            ? "No configured place takes the " + id.describe() + "."
            : "More than one configured cluster could take the " + id.describe() + ".";
    return List.of(
        new Obstacle(
            problem, "Configure the cluster under the name that the set uses, in holdfast.yaml."));
  }

  @Override
  public List<String> run(Cancellation cancellation) {
    throw new IllegalStateException("has an obstacle");
  }
}
