package io.holdfast.domain.retention;

import java.time.ZoneId;

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
}
