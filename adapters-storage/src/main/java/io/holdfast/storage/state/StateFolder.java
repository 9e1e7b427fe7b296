package io.holdfast.storage.state;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The folder of what Holdfast remembers on this host; made when something is first written. */
record StateFolder(Path root) {

  static final FileAttribute<Set<PosixFilePermission>> FILE_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  Path intents() {
    return root.resolve("intents");
  }

  Path runs() {
    return root.resolve("runs");
  }

  Path objectives() {
    return root.resolve("objectives");
  }

  Path drills() {
    return root.resolve("drills");
  }

  Path locks() {
    return root.resolve("locks");
  }
}
