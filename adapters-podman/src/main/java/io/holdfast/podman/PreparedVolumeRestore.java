package io.holdfast.podman;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.PreparedRestore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A volume's restore that was looked into.
 *
 * @param plan what it is to do
 * @param obstacles why it cannot
 * @param toStop the containers that will be stopped meanwhile
 * @param warnings what an operator should know whatever comes of it
 * @param swap does it
 */
record PreparedVolumeRestore(
    VolumePlan plan,
    List<Obstacle> obstacles,
    List<String> toStop,
    List<String> warnings,
    Swap swap)
    implements PreparedRestore {

  PreparedVolumeRestore {
    obstacles = List.copyOf(obstacles);
    toStop = List.copyOf(toStop);
    warnings = List.copyOf(warnings);
  }

  /** Does the restore; returns warnings. */
  @FunctionalInterface
  interface Swap {
    List<String> run(Cancellation cancellation) throws IOException;
  }

  @Override
  public List<String> steps() {
    List<String> steps = new ArrayList<>();
    if (plan.created()) {
      steps.add("create volume " + plan.volume());
    }
    steps.add("extract " + plan.item().content().describe() + " into " + plan.incoming());
    toStop.forEach(container -> steps.add("stop container " + container));
    steps.add("put the extracted data in place: " + plan.dataFolder());
    toStop.forEach(container -> steps.add("start container " + container));
    if (!plan.created()) {
      steps.add("delete the former data of volume " + plan.volume());
    }
    return steps;
  }

  @Override
  public List<String> run(Cancellation cancellation) throws IOException {
    List<String> all = new ArrayList<>(warnings);
    all.addAll(swap.run(cancellation));
    return all;
  }
}
