package io.holdfast.podman.archive;

/**
 * What a walk through a whole tar archive saw.
 *
 * @param bytes how long it is
 * @param members how many members it has
 * @param hasRoot true when one of them is the root folder itself, with its owner and mode
 * @param hasTextAcls true when a member carries ACLs as text, as {@code tar --acls} writes them
 * @param hasRawAcls true when a member carries ACLs as the system's own extended attributes
 */
public record TarSummary(
    long bytes, long members, boolean hasRoot, boolean hasTextAcls, boolean hasRawAcls) {}
