package io.holdfast.application.port.out.recovery;

/** Lets one run at a time change this host. Released by the system when the process dies. */
public interface HostLock {

  /**
   * Takes the lock.
   *
   * @param purpose what for: {@code restore}; each purpose is a lock of its own
   * @throws io.holdfast.application.port.failure.BusyFailure when another process holds it
   */
  Held acquire(String purpose);

  /** A lock that is held. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }
}
