package io.holdfast.domain.trend;

import io.holdfast.domain.backup.ArtifactId;
import io.holdfast.domain.backup.SetId;

/**
 * An artifact that was in earlier sets, was asked for again and is not there any more.
 *
 * @param id which one
 * @param lastIn the newest set that has it
 */
public record Vanished(ArtifactId id, SetId lastIn) {}
