package io.holdfast.launcher.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.holdfast.application.port.out.store.BlobStoreProvider;

/** Somebody outside of the package uses it, or ServiceLoader does. */
final class BeNeededElsewhere extends ArchCondition<JavaClass> {

  BeNeededElsewhere() {
    super("be needed outside of their package");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    boolean needed =
        type.isAssignableTo(BlobStoreProvider.class)
            || type.getDirectDependenciesToSelf().stream()
                .anyMatch(d -> !d.getOriginClass().getPackageName().equals(type.getPackageName()));
    if (!needed) {
      events.add(
          SimpleConditionEvent.violated(
              type, type.getDescription() + " is public and used by its own package alone"));
    }
  }
}
