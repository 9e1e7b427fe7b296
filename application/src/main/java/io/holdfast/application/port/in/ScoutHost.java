package io.holdfast.application.port.in;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.HostScout;

/** Looks around on a host that has no configuration yet. */
public interface ScoutHost {

  /** Finds clusters, containers and volumes. */
  HostScout.Sighting scout(Cancellation cancellation);
}
