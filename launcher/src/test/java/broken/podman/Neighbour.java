package broken.podman;

import broken.postgres.Cluster;

/** An adapter that knows another one. */
public record Neighbour(Cluster cluster) {}
