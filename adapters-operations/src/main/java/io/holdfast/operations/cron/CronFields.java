package io.holdfast.operations.cron;

import com.cronutils.model.Cron;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.FieldExpression;
import java.time.LocalDate;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What the five fields of a cron expression stand for.
 *
 * @param minutes of the hour
 * @param hours of the day
 * @param days of the month
 * @param months of the year
 * @param weekdays 1 for Monday to 7 for Sunday
 * @param eitherDay true when a day is meant that is one of the days or one of the weekdays: where
 *     both fields are restricted, as crontab(5) has it. Otherwise a day has to be both
 */
public record CronFields(
    NavigableSet<Integer> minutes,
    NavigableSet<Integer> hours,
    NavigableSet<Integer> days,
    NavigableSet<Integer> months,
    NavigableSet<Integer> weekdays,
    boolean eitherDay) {

  private static final int HOURS_OF_A_DAY = 24;

  static CronFields of(Cron cron) {
    FieldExpression days = expression(cron, CronFieldName.DAY_OF_MONTH);
    FieldExpression weekdays = expression(cron, CronFieldName.DAY_OF_WEEK);
    NavigableSet<Integer> isoWeekdays = new TreeSet<>();
    for (int day : CronField.values(weekdays, 0, 7)) {
      isoWeekdays.add(day == 0 ? 7 : day);
    }
    return new CronFields(
        CronField.values(expression(cron, CronFieldName.MINUTE), 0, 59),
        CronField.values(expression(cron, CronFieldName.HOUR), 0, 23),
        CronField.values(days, 1, 31),
        CronField.values(expression(cron, CronFieldName.MONTH), 1, 12),
        isoWeekdays,
        !CronField.beginsWithStar(days) && !CronField.beginsWithStar(weekdays));
  }

  /** True when every hour is meant: such times go on by real time through a change of the clock. */
  public boolean everyHour() {
    return hours.size() == HOURS_OF_A_DAY;
  }

  boolean contains(LocalDate date) {
    boolean day = days.contains(date.getDayOfMonth());
    boolean weekday = weekdays.contains(date.getDayOfWeek().getValue());
    return months.contains(date.getMonthValue()) && (eitherDay ? day || weekday : day && weekday);
  }

  private static FieldExpression expression(Cron cron, CronFieldName name) {
    return cron.retrieve(name).getExpression();
  }
}
