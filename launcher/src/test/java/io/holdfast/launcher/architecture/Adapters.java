package io.holdfast.launcher.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;

/** Each adapter is a slice. */
record Adapters(String root) implements SliceAssignment {

  static Adapters of(String root) {
    return new Adapters(root);
  }

  @Override
  public String getDescription() {
    return "the adapters";
  }

  @Override
  public SliceIdentifier getIdentifierOf(JavaClass type) {
    for (String adapter : List.of("postgres", "podman", "storage", "operations")) {
      String home = root + "." + adapter;
      if (type.getPackageName().equals(home) || type.getPackageName().startsWith(home + ".")) {
        return SliceIdentifier.of(adapter);
      }
    }
    return SliceIdentifier.ignore();
  }
}
