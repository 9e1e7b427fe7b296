package io.holdfast.launcher.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a test cannot do without: where it is missing, the test is skipped and says what is. */
final class Needs {

  private static final Path BUILD = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
  static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
  static final String POSTGRES_IMAGE = "docker.io/library/postgres:15";
  static final String APP_IMAGE = "localhost/holdfast-demo-app:1";

  private Needs() {}

  /** The launcher as `mvn package` leaves it. Its absence is a broken build, never a skip. */
  static Path launcher() {
    Path launcher = BUILD.resolve("target/holdfast/bin/holdfast").normalize();
    if (!Files.isExecutable(launcher)) {
      throw new IllegalStateException(launcher + " is missing: run `mvn package` first");
    }
    return launcher;
  }

  /** The folder of another module of the build. */
  static Path module(String name) {
    return BUILD.resolveSibling(name).normalize();
  }

  static void root() {
    assumeTrue(Shell.call("id", "-u").trim().equals("0"), "MISSING: root's rights (run as root)");
  }

  static void postgresServer() {
    root();
    for (String program : List.of("initdb", "pg_ctl", "postgres", "pg_dump", "pg_restore")) {
      assumeTrue(
          Files.isExecutable(PROGRAMS.resolve(program)),
          "MISSING: " + PROGRAMS.resolve(program) + " (apt-get install postgresql-15)");
    }
  }

  static void podman() {
    root();
    programs("podman", "rsync", "tar", "setfattr", "setfacl", "zstd");
    image(APP_IMAGE);
  }

  static void postgresImage() {
    podman();
    image(POSTGRES_IMAGE);
  }

  static void programs(String... names) {
    for (String name : names) {
      assumeTrue(
          new Shell().script("command -v " + name).exit() == 0, "MISSING: the program " + name);
    }
  }

  private static void image(String image) {
    assumeTrue(
        new Shell().run(List.of("podman", "image", "exists", image)).exit() == 0,
        "MISSING: the image " + image + " (run dev/images)");
  }
}
