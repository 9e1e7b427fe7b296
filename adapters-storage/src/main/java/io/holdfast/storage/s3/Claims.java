package io.holdfast.storage.s3;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lets one writer at a time publish under a key, on servers that would let the last one win. Every
 * writer puts a claim of its own, then lists the key's claims: since a listing shows what was put
 * before it, of two writers at least the later one sees both. Who sees another's claim takes its
 * own back and tries again.
 */
final class Claims {

  /** A publication that takes longer is given up: its claim must not be taken for a dead one's. */
  static final Duration LONGEST_PUBLICATION = Duration.ofMinutes(10);

  /** By the server's own clock, between the times of two claims. */
  private static final Duration DEAD = LONGEST_PUBLICATION.multipliedBy(3);

  private static final int MOST_PAUSE_MILLIS = 2000;

  private final S3Connection connection;
  private final Writes writes;

  Claims(S3Connection connection, Writes writes) {
    this.connection = connection;
    this.writes = writes;
  }

  /** Does work while no other writer claims the object. */
  void hold(String doing, String object, Runnable work) {
    String folder = connection.settings().location().own(S3Location.CLAIMS + nameOf(object) + "/");
    long began = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      String mine = folder + Marks.next();
      if (tryWith(doing, folder, mine, work)) {
        return;
      }
      if (System.nanoTime() - began > DEAD.toNanos()) {
        throw connection.failures().busy(doing, "other writers keep claiming it");
      }
      pause(doing, attempt);
    }
  }

  private boolean tryWith(String doing, String folder, String mine, Runnable work) {
    boolean worked = false;
    try {
      writes.putOwn(mine, false);
      if (isAlone(folder, mine)) {
        work.run();
        worked = true;
      }
      return worked;
    } catch (SdkException e) {
      throw connection.failed(doing, e);
    } finally {
      takeBack(mine);
    }
  }

  private void takeBack(String mine) {
    try {
      writes.delete(mine);
    } catch (SdkException left) {
      // The blob's fate is decided; a claim that stays is a dead one's before long.
      return;
    }
  }

  private boolean isAlone(String folder, String mine) {
    List<S3Object> claims = claims(folder);
    Optional<Instant> since =
        claims.stream().filter(c -> c.key().equals(mine)).map(S3Object::lastModified).findFirst();
    if (since.isEmpty()) {
      return false;
    }
    for (S3Object claim : claims) {
      if (claim.key().equals(mine)) {
        continue;
      }
      if (claim.lastModified().plus(DEAD).isAfter(since.get())) {
        return false;
      }
      writes.delete(claim.key());
    }
    return true;
  }

  private List<S3Object> claims(String folder) {
    List<S3Object> claims = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      Optional<String> from = next;
      ListObjectsV2Response page =
          connection.send(
              s3 ->
                  s3.listObjectsV2(
                      list -> {
                        list.bucket(connection.bucket()).prefix(folder);
                        from.ifPresent(list::continuationToken);
                      }));
      claims.addAll(page.contents());
      next = Optional.ofNullable(page.nextContinuationToken());
    } while (next.isPresent());
    return claims;
  }

  private void pause(String doing, int attempt) {
    int most = Math.min(MOST_PAUSE_MILLIS, 20 << Math.min(attempt, 7));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(1, most));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw connection.failures().interrupted(doing, e);
    }
  }

  private static String nameOf(String object) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(object.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
