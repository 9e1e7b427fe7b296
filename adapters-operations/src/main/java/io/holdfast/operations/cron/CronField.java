package io.holdfast.operations.cron;

import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The numbers that one field of a cron expression stands for. */
final class CronField {

  private CronField() {}

  static NavigableSet<Integer> values(FieldExpression expression, int least, int most) {
    NavigableSet<Integer> values = new TreeSet<>();
    if (expression instanceof And list) {
      list.getExpressions().forEach(part -> values.addAll(values(part, least, most)));
    } else if (expression instanceof Every every) {
      addSteps(values, every, least, most);
    } else {
      addRange(values, first(expression, least), last(expression, most), 1);
    }
    return values;
  }

  /** What crontab(5) takes for a field that does not restrict the day. */
  static boolean beginsWithStar(FieldExpression expression) {
    if (expression instanceof And list) {
      return beginsWithStar(list.getExpressions().get(0));
    }
    return expression instanceof Always
        || (expression instanceof Every every && every.getExpression() instanceof Always);
  }

  /** Steps from a single number go on to the end: {@code 5/15} is 5, 20, 35, 50. */
  private static void addSteps(NavigableSet<Integer> values, Every every, int least, int most) {
    FieldExpression range = every.getExpression();
    int end = range instanceof On ? most : last(range, most);
    addRange(values, first(range, least), end, every.getPeriod().getValue());
  }

  private static void addRange(NavigableSet<Integer> values, int first, int last, int step) {
    for (int value = first; value <= last; value += step) {
      values.add(value);
    }
  }

  private static int first(FieldExpression expression, int least) {
    if (expression instanceof On one) {
      return one.getTime().getValue();
    }
    return expression instanceof Between range ? number(range.getFrom().getValue()) : least;
  }

  private static int last(FieldExpression expression, int most) {
    if (expression instanceof On one) {
      return one.getTime().getValue();
    }
    return expression instanceof Between range ? number(range.getTo().getValue()) : most;
  }

  private static int number(Object value) {
    return Integer.parseInt(value.toString());
  }
}
