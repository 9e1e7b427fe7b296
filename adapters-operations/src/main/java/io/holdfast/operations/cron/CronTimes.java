package io.holdfast.operations.cron;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import io.holdfast.domain.schedule.Times;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * The times of a cron expression of five fields, as crontab(5) has them, by the clock of a zone.
 *
 * <p>Where the clock is put forward, a time that is skipped comes at the first moment after the
 * gap; where it is put back, a time that is repeated comes once. Times of every hour know no clock:
 * they go on by real time through both.
 */
public final class CronTimes implements Times {

  private final CronFields fields;
  private final LocalTimes local;
  private final ZoneRules rules;

  private CronTimes(CronFields fields, ZoneId zone) {
    this.fields = fields;
    this.local = new LocalTimes(fields);
    this.rules = zone.getRules();
  }

  /**
   * The times of an expression, or empty when it is none.
   *
   * @param expression five fields, or a nickname such as {@code @daily}
   */
  public static Optional<CronTimes> parse(String expression, ZoneId zone) {
    try {
      Cron cron = new CronParser(grammar()).parse(expression).validate();
      return Optional.of(new CronTimes(CronFields.of(cron), zone));
    } catch (IllegalArgumentException notAnExpression) {
      return Optional.empty();
    }
  }

  /** What its fields stand for. */
  public CronFields fields() {
    return fields;
  }

  /** True when the clock shows one of the times. */
  public boolean isTime(LocalDateTime clock) {
    return local.upTo(clock).filter(clock::equals).isPresent();
  }

  @Override
  public Optional<Instant> after(Instant moment) {
    return fields.everyHour() ? realTimeAfter(moment) : clockTimeAfter(moment);
  }

  @Override
  public Optional<Instant> upTo(Instant moment) {
    return fields.everyHour() ? realTimeUpTo(moment) : clockTimeUpTo(moment);
  }

  /** Times by the clock only grow, by real time too: what is found first is the next. */
  private Optional<Instant> clockTimeAfter(Instant moment) {
    Optional<LocalDateTime> time = local.after(clockAt(moment));
    while (time.isPresent() && !realTimeOf(time.get()).isAfter(moment)) {
      time = local.after(time.get());
    }
    return time.map(this::realTimeOf);
  }

  private Optional<Instant> clockTimeUpTo(Instant moment) {
    Optional<LocalDateTime> time = local.upTo(latestClockUpTo(moment));
    while (time.isPresent() && realTimeOf(time.get()).isAfter(moment)) {
      time = local.upTo(time.get().minusNanos(1));
    }
    return time.map(this::realTimeOf);
  }

  private LocalDateTime clockAt(Instant moment) {
    return LocalDateTime.ofInstant(moment, rules.getOffset(moment));
  }

  /** In an hour that is repeated the clock has shown later times already. */
  private LocalDateTime latestClockUpTo(Instant moment) {
    LocalDateTime clock = clockAt(moment);
    ZoneOffsetTransition change = rules.getTransition(clock);
    boolean second = change != null && change.isOverlap() && !moment.isBefore(change.getInstant());
    return second ? change.getDateTimeBefore() : clock;
  }

  private Instant realTimeOf(LocalDateTime clock) {
    ZoneOffsetTransition change = rules.getTransition(clock);
    if (change == null) {
      return clock.toInstant(rules.getOffset(clock));
    }
    return change.isGap() ? change.getInstant() : clock.toInstant(change.getOffsetBefore());
  }

  /** Between two changes the clock is a plain one; each such stretch is searched by itself. */
  private Optional<Instant> realTimeAfter(Instant moment) {
    Instant from = moment;
    while (true) {
      ZoneOffset offset = rules.getOffset(from);
      Optional<Instant> found =
          local.after(LocalDateTime.ofInstant(from, offset)).map(time -> time.toInstant(offset));
      ZoneOffsetTransition change = rules.nextTransition(from);
      if (found.isEmpty() || change == null || found.get().isBefore(change.getInstant())) {
        return found;
      }
      // The moment of the change itself is a time of the stretch after it.
      Instant next = change.getInstant();
      ZoneOffset after = change.getOffsetAfter();
      if (startsAt(next, after)) {
        return Optional.of(next);
      }
      from = next;
    }
  }

  private Optional<Instant> realTimeUpTo(Instant moment) {
    Instant to = moment;
    while (true) {
      ZoneOffset offset = rules.getOffset(to);
      Optional<Instant> found =
          local.upTo(LocalDateTime.ofInstant(to, offset)).map(time -> time.toInstant(offset));
      ZoneOffsetTransition change = rules.previousTransition(to.plusNanos(1));
      if (found.isEmpty() || change == null || !found.get().isBefore(change.getInstant())) {
        return found;
      }
      to = change.getInstant().minusNanos(1);
    }
  }

  private boolean startsAt(Instant moment, ZoneOffset offset) {
    return isTime(LocalDateTime.ofInstant(moment, offset));
  }

  private static CronDefinition grammar() {
    return CronDefinitionBuilder.defineCron()
        .withMinutes()
        .withValidRange(0, 59)
        .withStrictRange()
        .and()
        .withHours()
        .withValidRange(0, 23)
        .withStrictRange()
        .and()
        .withDayOfMonth()
        .withValidRange(1, 31)
        .withStrictRange()
        .and()
        .withMonth()
        .withValidRange(1, 12)
        .withStrictRange()
        .and()
        .withDayOfWeek()
        .withValidRange(0, 7)
        .withMondayDoWValue(1)
        .withIntMapping(7, 0)
        .withStrictRange()
        .and()
        .withSupportedNicknameYearly()
        .withSupportedNicknameAnnually()
        .withSupportedNicknameMonthly()
        .withSupportedNicknameWeekly()
        .withSupportedNicknameDaily()
        .withSupportedNicknameMidnight()
        .withSupportedNicknameHourly()
        .instance();
  }
}
