package io.holdfast.example.webdav;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Sees to it that of two writers of one key one publishes, on any server. {@code MOVE} with {@code
 * Overwrite: F} is not enough: many look and then move. Locks are not either: many servers have
 * none, and some show a locked name as an empty file. So a writer puts down an empty file of a name
 * of its own, a claim, and then looks who else has: whoever is alone may publish. Of two that put
 * theirs down at the same time at least one sees the other's, since each looks after it has put.
 *
 * <p>A claim of a writer that died hinders nobody for longer than {@link #LIFETIME}, by the
 * server's clock; a writer that was held up for half of that begins anew.
 */
final class Claims {

  static final Duration LIFETIME = Duration.ofMinutes(2);

  private static final String PREFIX = "claim-";
  private static final String SWEEP = PREFIX + "sweep-";
  private static final int KEY_CHARACTERS = 32;
  private static final Duration LONGEST_WAIT = LIFETIME.multipliedBy(2);

  private final Workshop workshop;

  Claims(Workshop workshop) {
    this.workshop = workshop;
  }

  /** A claim that holds; what lay in the workshop when it began to. */
  record Held(Workshop workshop, String name, List<Entry> seen, long since)
      implements AutoCloseable {
    Held {
      seen = List.copyOf(seen);
    }

    /** True while no other can take it for one of a dead writer. */
    boolean isFresh() {
      return System.nanoTime() - since < LIFETIME.toNanos() / 2;
    }

    Optional<Entry> find(String file) {
      return seen.stream().filter(entry -> entry.name().equals(file)).findFirst();
    }

    @Override
    public void close() {
      workshop.remove(name);
    }
  }

  /** Waits until nobody else publishes the key, or removes folders. */
  Held toPublish(String key, String nonce) {
    String family = PREFIX + digest(key) + "-";
    String mine = family + nonce;
    long began = System.nanoTime();
    for (long pause = 10; ; pause = Math.min(250, pause * 2)) {
      Optional<Held> held = attempt(mine, family, pause);
      if (held.isPresent()) {
        return held.get();
      }
      if (System.nanoTime() - began > LONGEST_WAIT.toNanos() || !Patience.pause(pause)) {
        throw workshop
            .failures()
            .temporary("write " + key, "another writer is at it all the time", "Try again later.");
      }
    }
  }

  /** Puts a claim down and waits as long as its turn is next; empty when it had to give way. */
  private Optional<Held> attempt(String mine, String family, long pause) {
    long since = System.nanoTime();
    workshop.putSmall("claim a name", mine, new byte[0]);
    while (System.nanoTime() - since < LIFETIME.toNanos() / 2) {
      List<Entry> seen = workshop.look();
      List<String> others = others(seen, mine);
      others.removeIf(name -> !name.startsWith(family) && !name.startsWith(SWEEP));
      boolean isThere = seen.stream().anyMatch(entry -> entry.name().equals(mine));
      if (isThere && others.isEmpty()) {
        return Optional.of(new Held(workshop, mine, seen, since));
      }
      // One of those who see each other stays; whoever removes folders gives way by itself.
      if (!isThere || others.stream().anyMatch(name -> isBefore(name, mine))) {
        break;
      }
      if (!Patience.pause(pause)) {
        break;
      }
    }
    workshop.remove(mine);
    return Optional.empty();
  }

  private static boolean isBefore(String name, String mine) {
    return !name.startsWith(SWEEP) && name.compareTo(mine) < 0;
  }

  /** The right to remove folders; empty while anybody publishes. */
  Optional<Held> toSweep() {
    String mine = SWEEP + Workshop.nonce();
    long since = System.nanoTime();
    workshop.putSmall("claim the folders", mine, new byte[0]);
    List<Entry> seen = workshop.look();
    if (others(seen, mine).isEmpty()
        && seen.stream().anyMatch(entry -> entry.name().equals(mine))) {
      return Optional.of(new Held(workshop, mine, seen, since));
    }
    workshop.remove(mine);
    return Optional.empty();
  }

  /** True when somebody is about to publish an upload, seen by a claim of ours. */
  static boolean isAboutToBePublished(Entry upload, List<Entry> seen) {
    String nonce = upload.name().substring(upload.name().lastIndexOf('-') + 1);
    Instant newest = newest(seen);
    return seen.stream()
        .anyMatch(
            entry ->
                entry.name().startsWith(PREFIX)
                    && entry.name().endsWith("-" + nonce)
                    && isFresh(entry, newest));
  }

  /** The claims that are not those of dead writers. Ours was just made: it tells the time. */
  private static List<String> others(List<Entry> seen, String mine) {
    Instant now =
        seen.stream()
            .filter(entry -> entry.name().equals(mine))
            .map(Entry::modified)
            .findFirst()
            .orElseGet(() -> newest(seen));
    return new java.util.ArrayList<>(
        seen.stream()
            .filter(entry -> entry.name().startsWith(PREFIX) && !entry.name().equals(mine))
            .filter(entry -> isFresh(entry, now))
            .map(Entry::name)
            .toList());
  }

  private static boolean isFresh(Entry claim, Instant now) {
    return claim.modified().plus(LIFETIME).isAfter(now);
  }

  private static Instant newest(List<Entry> seen) {
    return seen.stream().map(Entry::modified).max(Instant::compareTo).orElse(Instant.EPOCH);
  }

  private static String digest(String key) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum).substring(0, KEY_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
