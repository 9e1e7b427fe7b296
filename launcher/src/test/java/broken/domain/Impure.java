package broken.domain;

import broken.launcher.Anything;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model that looks at the disk, and at the launcher. */
final class Impure {

  boolean isThere(Anything anything) {
    return Files.exists(Path.of(anything.name()));
  }
}
