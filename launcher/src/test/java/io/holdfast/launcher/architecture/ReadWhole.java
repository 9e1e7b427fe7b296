package io.holdfast.launcher.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.ByteArrayOutputStream;
import java.util.Set;

/** Puts what may be of any size into memory. */
final class ReadWhole extends ArchCondition<JavaClass> {

  private static final Set<String> WHOLE =
      Set.of("readAllBytes", "readAllLines", "readString", "readAllCharsAsString");

  ReadWhole() {
    super("read data whole into memory");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    type.getAccessesFromSelf().stream()
        .filter(JavaCodeUnitAccess.class::isInstance)
        .map(JavaCodeUnitAccess.class::cast)
        .filter(
            call ->
                WHOLE.contains(call.getName())
                    || (call.getName().equals("<init>")
                        && call.getTargetOwner().isEquivalentTo(ByteArrayOutputStream.class)))
        .forEach(call -> events.add(SimpleConditionEvent.satisfied(type, call.getDescription())));
  }
}
