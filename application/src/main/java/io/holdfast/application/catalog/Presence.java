package io.holdfast.application.catalog;

import io.holdfast.application.port.out.recovery.ProcessTable;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.domain.backup.SetId;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Who this process is where it locks or marks something, and who of the others is gone.
 *
 * @param terms how locks and marks are kept up
 * @param host this host's name
 */
public record Presence(ProcessTable processes, LockTerms terms, String host, Clock clock) {

  /**
   * This process, about to do something.
   *
   * @param command what: {@code backup}
   * @param set the set that it is about, where there is one
   */
  public LockHolder self(String command, Optional<SetId> set) {
    long pid = processes.self();
    return new LockHolder(
        UUID.randomUUID().toString(),
        host,
        pid,
        processes.markOf(pid).orElse(""),
        clock.instant(),
        command,
        set);
  }

  /** True when it was a process of this host and is no more; of any other one cannot know. */
  public boolean isGone(LockHolder holder) {
    return isGone(holder, host, processes);
  }

  static boolean isGone(LockHolder holder, String host, ProcessTable processes) {
    return holder.host().equals(host)
        && !processes.markOf(holder.pid()).map(holder.processMark()::equals).orElse(false);
  }
}
