package io.holdfast.domain.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * For how long what was written went without a backup, in some window up to now.
 *
 * @param gaps from each moment that the host could be brought back to to the next one, oldest
 *     first; the last one reaches to now. One that began before the window is told whole. Empty
 *     when there is no such moment at all
 */
public record RecoveryGaps(List<Gap> gaps) {

  public RecoveryGaps {
    gaps = List.copyOf(gaps);
  }

  /**
   * Between two moments that the host can be brought back to, or the last of them and now.
   *
   * @param open true when nothing has ended it yet
   */
  public record Gap(Instant from, Instant until, boolean open) {

    /** How much was at risk when it ended. */
    public Duration length() {
      return Duration.between(from, until);
    }
  }

  /**
   * Takes the moments in any order; those in the future do not count.
   *
   * @param window how far back to look
   */
  public static RecoveryGaps of(List<Instant> moments, Instant now, Duration window) {
    Instant since = now.minus(window);
    List<Instant> sorted = moments.stream().filter(m -> !m.isAfter(now)).sorted().toList();
    List<Gap> gaps = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      boolean open = i + 1 == sorted.size();
      Instant until = open ? now : sorted.get(i + 1);
      if (open || (until.isAfter(since) && until.isAfter(sorted.get(i)))) {
        gaps.add(new Gap(sorted.get(i), until, open));
      }
    }
    return new RecoveryGaps(gaps);
  }

  /** The longest. */
  public Optional<Gap> longest() {
    return gaps.stream().max(Comparator.comparing(Gap::length));
  }

  /** The one that nothing has ended yet. */
  public Optional<Gap> current() {
    return gaps.stream().filter(Gap::open).findFirst();
  }

  /** Those that were longer than an objective allows, oldest first. */
  public List<Gap> over(Duration rpo) {
    return gaps.stream().filter(gap -> gap.length().compareTo(rpo) > 0).toList();
  }

  /** The same in a shorter window. */
  public RecoveryGaps within(Instant now, Duration window) {
    Instant since = now.minus(window);
    return new RecoveryGaps(
        gaps.stream().filter(gap -> gap.open() || gap.until().isAfter(since)).toList());
  }
}
