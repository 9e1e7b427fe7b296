package io.holdfast.operations.metrics;

import io.holdfast.domain.recovery.Objectives;

/**
 * Of whom the figures are.
 *
 * @param host this host's name
 * @param version this Holdfast's version
 * @param objectives what was promised
 */
public record Subject(String host, String version, Objectives objectives) {}
