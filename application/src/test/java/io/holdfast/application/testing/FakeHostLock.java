package io.holdfast.application.testing;

import io.holdfast.application.port.failure.BusyFailure;
import io.holdfast.application.port.out.recovery.HostLock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Locks in memory. */
public final class FakeHostLock implements HostLock {

  private final Set<String> held = ConcurrentHashMap.newKeySet();

  @Override
  public Held acquire(String purpose) {
    if (!held.add(purpose)) {
      throw new BusyFailure("Another " + purpose + " is at work on this host", "Wait for it.");
    }
    return () -> held.remove(purpose);
  }

  /** The purposes that are locked. */
  public Set<String> held() {
    return Set.copyOf(held);
  }
}
