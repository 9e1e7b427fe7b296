package io.holdfast.storage.sftp;

/** Waits longer before each further try, and no longer than so much in all. */
final class Backoff {

  private static final long FIRST = 200;
  private static final long LONGEST = 5000;

  private final long limitMillis;
  private long next = FIRST;
  private long waited;

  Backoff(long limitMillis) {
    this.limitMillis = limitMillis;
  }

  /** Waits; false when there was waiting enough, or the thread is interrupted. */
  boolean pause() {
    if (waited >= limitMillis) {
      return false;
    }
    long wait = Math.min(next, limitMillis - waited);
    waited += wait;
    next = Math.min(LONGEST, next * 2);
    return Patience.pause(wait);
  }
}
