package io.holdfast.domain.recovery;

import io.holdfast.domain.trend.RecoveryPoint.Reached;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How much could have been lost, in some window up to now.
 *
 * <p>At an instant {@code t} everything is lost that was written after the newest set that was
 * there to be restored, one whose work was finished by then:
 *
 * <pre>loss(t) = t - max { begun(set) : available(set) &lt;= t }</pre>
 *
 * It grows until a newer set is available, so a gap is what it has grown to at that instant: {@code
 * available(next) - begun(set)}. Two gaps overlap for as long as the set between them took.
 *
 * @param gaps from the moment of each set to when a newer one was available, oldest first; the last
 *     one reaches to now. One that began before the window is told whole. Empty when there is no
 *     such set at all
 */
public record RecoveryGaps(List<Gap> gaps) {

  /** Of those that were finished at the same instant the older ones were of no use. */
  private static final Comparator<Reached> BEST_FIRST =
      Comparator.comparing(Reached::available)
          .thenComparing(Reached::set, Comparator.reverseOrder());

  public RecoveryGaps {
    gaps = List.copyOf(gaps);
  }

  /**
   * Between a moment that the host can be brought back to and the finish of a newer set.
   *
   * @param from when the older set was begun
   * @param until when the newer one was available, or now
   * @param open true when nothing has ended it yet
   */
  public record Gap(Instant from, Instant until, boolean open) {

    /** How much was lost by who had to restore just before it ended. */
    public Duration length() {
      return Duration.between(from, until);
    }
  }

  /**
   * Takes sets in any order; those that are not finished yet, or dated in the future, do not count.
   *
   * @param window how far back to look
   */
  public static RecoveryGaps of(List<Reached> sets, Instant now, Duration window) {
    Instant since = now.minus(window);
    List<Gap> gaps = new ArrayList<>();
    Optional<Instant> best = Optional.empty();
    for (Reached set : sets.stream().sorted(BEST_FIRST).toList()) {
      Instant begun = set.set().begun();
      if (set.available().isAfter(now) || best.filter(b -> !begun.isAfter(b)).isPresent()) {
        continue;
      }
      best.filter(from -> set.available().isAfter(since))
          .ifPresent(from -> gaps.add(new Gap(from, set.available(), false)));
      best = Optional.of(begun);
    }
    best.ifPresent(from -> gaps.add(new Gap(from, now, true)));
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
