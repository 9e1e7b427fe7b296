package io.holdfast.application.service;

import io.holdfast.application.catalog.RepositoryLock;
import io.holdfast.application.catalog.Target;
import io.holdfast.application.port.out.recovery.ProcessTable;
import io.holdfast.application.port.out.store.LockHolder;
import io.holdfast.application.port.out.store.MetadataCodec;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Locks one target for a run that writes no set. */
record TargetLocks(MetadataCodec codec, ProcessTable processes, String host, Clock clock) {

  /**
   * Locks it, without waiting.
   *
   * @param command what for
   * @throws io.holdfast.application.port.failure.BusyFailure when another run holds it
   */
  RepositoryLock.Held acquire(Target target, String command) {
    long pid = processes.self();
    LockHolder self =
        new LockHolder(
            UUID.randomUUID().toString(),
            host,
            pid,
            processes.markOf(pid).orElse(""),
            clock.instant(),
            command,
            Optional.empty());
    return new RepositoryLock(target, codec, processes).acquire(self);
  }
}
