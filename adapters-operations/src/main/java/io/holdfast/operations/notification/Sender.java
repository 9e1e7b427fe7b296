package io.holdfast.operations.notification;

import java.time.Duration;

/** Brings one message to one notifier. */
interface Sender {

  /**
   * Tries it once.
   *
   * @param most the longest that it may take
   */
  void send(Duration most) throws UndeliveredException;
}
