package io.holdfast.domain.backup;

/**
 * An artifact that was asked for and is not in the set.
 *
 * @param id which one
 * @param reason why, for an operator; carries no secret
 */
public record FailedArtifact(ArtifactId id, String reason) implements Artifact {}
