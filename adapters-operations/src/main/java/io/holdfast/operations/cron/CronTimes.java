package io.holdfast.operations.cron;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The times of a cron expression of five fields, as crontab(5) has them, by the clock of a zone.
 */
public final class CronTimes {

  private final ExecutionTime times;
  private final ZoneId zone;

  private CronTimes(ExecutionTime times, ZoneId zone) {
    this.times = times;
    this.zone = zone;
  }

  /** The times of an expression, or empty when it is none. */
  public static Optional<CronTimes> parse(String expression, ZoneId zone) {
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    try {
      Cron cron = parser.parse(expression).validate();
      return Optional.of(new CronTimes(ExecutionTime.forCron(cron), zone));
    } catch (IllegalArgumentException notAnExpression) {
      return Optional.empty();
    }
  }

  /** The first time after a moment; empty when there is none any more. */
  public Optional<Instant> after(Instant moment) {
    return times.nextExecution(moment.atZone(zone)).map(ZonedDateTime::toInstant);
  }

  /** The last time before a moment, or at it; empty when there was none. */
  public Optional<Instant> upTo(Instant moment) {
    return times.lastExecution(moment.plusNanos(1).atZone(zone)).map(ZonedDateTime::toInstant);
  }
}
