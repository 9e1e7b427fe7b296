package io.holdfast.application.catalog;

import java.util.Optional;

/**
 * How an operator reaches a cluster by hand.
 *
 * @param host as configured
 * @param port as configured
 * @param user as configured
 * @param container the container that has the tools, where the host has none
 */
public record ClusterAddress(
    String host, int port, Optional<String> user, Optional<String> container) {}
