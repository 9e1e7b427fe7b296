package io.holdfast.domain.retention;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * How many sets are kept: the newest of each of the most recent periods that have one.
 *
 * @param last how many of the newest, whatever their age
 * @param hourly how many hours
 * @param daily how many days
 * @param weekly how many ISO weeks
 * @param monthly how many months
 * @param yearly how many years
 * @param zone whose clock tells where a period begins
 */
public record RetentionPolicy(
    int last, int hourly, int daily, int weekly, int monthly, int yearly, ZoneId zone) {

  /** A week of days, a month of weeks, a year of months. */
  public static RetentionPolicy usual(ZoneId zone) {
    return new RetentionPolicy(0, 0, 7, 4, 12, 0, zone);
  }

  /**
   * Decides about every set of one target. Whatever the numbers say, these stay: the newest whole
   * COMPLETE set, what is pinned or in use, and what is not ours to judge. Only a whole COMPLETE
   * set fills a place of a rule or makes another one dispensable, and only of sets that were asked
   * to hold nothing more than it was.
   *
   * @param sets all that the target holds, in any order
   * @param now this host's time
   * @return a refusal when a set is dated later than now: which of them are the most recent cannot
   *     be known by a clock that is wrong
   */
  public RetentionPlan decide(List<KeptSet> sets, Instant now) {
    return Deliberation.plan(this, sets, now);
  }

  /** How many periods of a kind are to have a set. */
  public int count(Period period) {
    return switch (period) {
      case LAST -> last;
      case HOURLY -> hourly;
      case DAILY -> daily;
      case WEEKLY -> weekly;
      case MONTHLY -> monthly;
      case YEARLY -> yearly;
    };
  }
}
