package io.holdfast.launcher.config;

import java.util.function.Predicate;

/** What passes for a cron expression where its times do not matter. */
public final class TestCron {

  /** Five fields of digits and signs. */
  public static final Predicate<String> FIELDS =
      text -> text.strip().matches("[\\d*/,-]+(\\s+[\\d*/,-]+){4}");

  private TestCron() {}
}
