package io.holdfast.operations.notification;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Tells a watchdog of a run, as healthchecks.io's pinging API has it. */
final class PingSender implements Sender {

  /** What is told by the end of the address. */
  enum Signal {
    START("/start"),
    SUCCESS(""),
    FAIL("/fail"),
    /** Changes nothing but the watchdog's log. */
    LOG("/log");

    private final String path;

    Signal(String path) {
      this.path = path;
    }
  }

  private final Channel.Ping channel;
  private final Signal signal;
  private final UUID run;
  private final String text;

  PingSender(Channel.Ping channel, Signal signal, UUID run, String text) {
    this.channel = channel;
    this.signal = signal;
    this.run = run;
    this.text = text;
  }

  @Override
  public void send(Duration most) throws UndeliveredException {
    HttpPost.to(
            channel.url().get(),
            url -> Addresses.below(url, signal.path, "rid=" + run),
            channel.authorities())
        .send(text.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8", Map.of(), most);
  }
}
