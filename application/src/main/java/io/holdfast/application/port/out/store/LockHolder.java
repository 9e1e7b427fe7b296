package io.holdfast.application.port.out.store;

import io.holdfast.domain.backup.SetId;
import java.time.Instant;
import java.util.Optional;

/**
 * Who holds a repository's lock.
 *
 * @param token unlike that of any other lock ever taken
 * @param host the holder's host
 * @param pid the holder's process on it
 * @param processMark tells that process from a later one of the same pid
 * @param since when it was taken
 * @param command what it was taken for: {@code backup}
 * @param set the set that is being written, once that is known
 */
public record LockHolder(
    String token,
    String host,
    long pid,
    String processMark,
    Instant since,
    String command,
    Optional<SetId> set) {}
