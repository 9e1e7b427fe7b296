package io.holdfast.domain.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses which stored files a run reads back, so that a share of the bytes is read each time and
 * all of them are in {@link Share#runs} runs. The files stand in a queue: the one that was read the
 * longest time ago is first, and what is read goes to its end. One that was never read is there
 * since its set was begun, when it was hashed as it was written: were new files always first, as
 * much as comes in each day would keep the old ones waiting. So no file waits for more than what is
 * stored, and that is read in that number of runs, unless much is deleted meanwhile.
 */
public final class RollingSample {

  private static final Comparator<StoredFile> LONGEST_UNREAD =
      Comparator.comparing(StoredFile::since)
          .thenComparing(StoredFile::set)
          .thenComparing(StoredFile::path);

  private RollingSample() {}

  /** The files to read now: at least one where there is any, and no more than reach the share. */
  public static List<StoredFile> choose(List<StoredFile> stored, Share share) {
    long goal = share.of(stored.stream().mapToLong(StoredFile::weight).sum());
    List<StoredFile> queue = new ArrayList<>(stored);
    queue.sort(LONGEST_UNREAD);
    List<StoredFile> chosen = new ArrayList<>();
    long taken = 0;
    for (StoredFile file : queue) {
      if (taken >= goal) {
        break;
      }
      chosen.add(file);
      taken += file.weight();
    }
    return chosen;
  }

  /**
   * A file of a set.
   *
   * @param path relative to the set
   * @param lastRead when it was last read back; empty for never
   */
  public record StoredFile(SetId set, String path, long bytes, Optional<Instant> lastRead) {

    Instant since() {
      return lastRead.orElse(set.begun());
    }

    /** An empty file takes its turn too. */
    long weight() {
      return Math.max(1, bytes);
    }
  }
}
