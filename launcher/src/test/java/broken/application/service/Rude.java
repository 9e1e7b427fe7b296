package broken.application.service;

import java.io.IOException;
import java.time.Instant;

/** A service that does what others are there for. */
final class Rude {

  Instant behave() throws IOException {
    new ProcessBuilder("true").start();
    System.out.println("hello");
    if (Instant.now().isAfter(Instant.EPOCH)) {
      System.exit(1);
    }
    return Instant.now();
  }
}
