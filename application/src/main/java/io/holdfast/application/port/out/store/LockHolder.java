package io.holdfast.application.port.out.store;

import io.holdfast.domain.backup.SetId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who holds a repository's lock.
 *
 * @param token unlike that of any other lock ever taken
 * @param host the holder's host
 * @param pid the holder's process on it
 * @param processMark tells that process from a later one of the same pid
 * @param since when it was taken, by the holder's clock
 * @param command what it was taken for: {@code backup}
 * @param set the set that is being written, where there is one
 * @param expiry how long after its last heartbeat the lock counts as abandoned; empty for one whose
 *     holder gives no heartbeats, which never expires
 * @param inherited the sets of earlier holders that died, which this one has still to remove: they
 *     are named until then, so that they are not forgotten when it dies as well
 */
public record LockHolder(
    String token,
    String host,
    long pid,
    String processMark,
    Instant since,
    String command,
    Optional<SetId> set,
    Optional<Duration> expiry,
    List<SetId> inherited) {

  public LockHolder {
    inherited = List.copyOf(inherited);
  }

  /** One that gives no heartbeats and has inherited nothing. */
  public LockHolder(
      String token,
      String host,
      long pid,
      String processMark,
      Instant since,
      String command,
      Optional<SetId> set) {
    this(token, host, pid, processMark, since, command, set, Optional.empty(), List.of());
  }

  /** The same, bound to give heartbeats. */
  public LockHolder expiringAfter(Duration silence) {
    return new LockHolder(
        token, host, pid, processMark, since, command, set, Optional.of(silence), inherited);
  }

  /** The same, with the duty to remove what another one leaves unfinished. */
  public LockHolder inheriting(LockHolder dead) {
    Set<SetId> all = new LinkedHashSet<>(inherited);
    all.addAll(dead.unfinished());
    return new LockHolder(
        token, host, pid, processMark, since, command, set, expiry, List.copyOf(all));
  }

  /** Every set that may be left unfinished when this holder dies. */
  public List<SetId> unfinished() {
    Set<SetId> all = new LinkedHashSet<>(inherited);
    set.ifPresent(all::add);
    return List.copyOf(all);
  }
}
