package io.holdfast.launcher.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirDeletionStrategy;

/** Removes a temporary folder with rm: it may hold names that the tests' own JVM cannot spell. */
final class ByShell implements TempDirDeletionStrategy {

  @Override
  public DeletionResult delete(
      Path folder, AnnotatedElementContext element, ExtensionContext context) {
    Shell.call("rm", "-rf", "--one-file-system", folder.toString());
    return DeletionResult.builder(folder).build();
  }
}
