package io.holdfast.launcher.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Date;

/** Reads the system's wall clock; {@code nanoTime} is a stopwatch and may be used. */
final class AskForTheTime extends ArchCondition<JavaClass> {

  AskForTheTime() {
    super("ask the system for the time");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    type.getAccessesFromSelf().stream()
        .filter(JavaCodeUnitAccess.class::isInstance)
        .map(JavaCodeUnitAccess.class::cast)
        .filter(AskForTheTime::isSystemClock)
        .forEach(call -> events.add(SimpleConditionEvent.satisfied(type, call.getDescription())));
  }

  private static boolean isSystemClock(JavaCodeUnitAccess<?> call) {
    JavaClass owner = call.getTargetOwner();
    String name = call.getName();
    boolean now = name.equals("now") && call.getTarget().getRawParameterTypes().isEmpty();
    return (owner.getPackageName().equals("java.time") && (now || name.startsWith("system")))
        || (owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis"))
        || (owner.isEquivalentTo(Date.class) && name.equals("<init>"));
  }
}
