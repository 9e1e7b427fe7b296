package io.holdfast.podman;

import java.util.Optional;

/**
 * A configured PostgreSQL cluster, whose server may run in a container.
 *
 * @param cluster its name in the configuration
 * @param host where it is reached
 * @param port there
 * @param container the container that its tools run in, where they run in one
 */
public record ServedCluster(String cluster, String host, int port, Optional<String> container) {}
