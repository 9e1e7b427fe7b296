package io.holdfast.podman;

import java.util.Optional;

/**
 * What the configuration tells of the image that a cluster's scratch server is made from.
 *
 * @param image its name, where the operator named one
 * @param container the container that the cluster's client programs run in, where there is one
 * @param port where this host reaches the cluster; empty when it is on another host
 */
public record ScratchImage(
    Optional<String> image, Optional<String> container, Optional<Integer> port) {}
