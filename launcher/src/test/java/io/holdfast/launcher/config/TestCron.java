package io.holdfast.launcher.config;

import java.util.Optional;

/** What passes for a schedule where its times do not matter. */
public final class TestCron {

  /** Five fields of digits and signs; arguments with "wrong" among them are. */
  public static final ScheduleGrammar FIELDS =
      new ScheduleGrammar(
          text -> text.strip().matches("[\\d*/,-]+(\\s+[\\d*/,-]+){4}"),
          command ->
              Optional.of(command.get(0) + " knows no 'wrong'")
                  .filter(text -> command.contains("wrong")));

  private TestCron() {}
}
