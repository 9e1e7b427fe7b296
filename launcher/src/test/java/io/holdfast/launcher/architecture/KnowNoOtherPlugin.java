package io.holdfast.launcher.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.holdfast.application.port.out.store.BlobStoreProvider;

/** A package with a {@link BlobStoreProvider} in it is a plugin. */
final class KnowNoOtherPlugin extends ArchCondition<JavaClass> {

  KnowNoOtherPlugin() {
    super("know no storage plugin but their own");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      JavaClass other = dependency.getTargetClass();
      boolean elsewhere = !other.getPackageName().equals(type.getPackageName());
      if (elsewhere && isPlugin(other.getPackage())) {
        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
      }
    }
  }

  private static boolean isPlugin(JavaPackage folder) {
    return folder.getClasses().stream()
        .anyMatch(c -> !c.isInterface() && c.isAssignableTo(BlobStoreProvider.class));
  }
}
