package io.holdfast.podman.archive;

import io.holdfast.domain.checksum.Checksum;
import java.util.Optional;

/**
 * What a tar archive tells of a member beside its name and type.
 *
 * @param mode permissions, with the setuid, setgid and sticky bits
 * @param owner the user's number
 * @param group the group's number
 * @param time when it was changed: seconds since 1970 with nine digits behind the point
 * @param size how long a file is, holes included; 0 for all else
 * @param major of a device
 * @param minor of a device
 * @param attributes a digest over its extended attributes and ACLs, where it has some
 * @param readable false for a file whose map of holes is too long to be remembered: nothing of its
 *     content is shown
 */
record MemberDetails(
    int mode,
    long owner,
    long group,
    String time,
    long size,
    long major,
    long minor,
    Optional<Checksum> attributes,
    boolean readable) {}
