package io.holdfast.launcher.wiring;

import io.holdfast.launcher.config.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;

/** Asks the system what the process was started with. */
public final class HostSurroundings {

  private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private HostSurroundings() {}

  /** Looks. */
  public static Surroundings look() {
    return new Surroundings(
        name -> Optional.ofNullable(System.getenv(name)),
        Path.of("").toAbsolutePath(),
        hostName(),
        System.getProperty("user.name", ""),
        Path.of(System.getProperty("user.home", "")),
        Runtime.getRuntime().availableProcessors(),
        ZoneId.systemDefault());
  }

  /** The kernel's word for it: unlike a look-up it asks no name server. */
  private static String hostName() {
    try {
      return Files.readString(KERNEL_HOST_NAME, StandardCharsets.UTF_8).strip();
    } catch (IOException notLinux) {
      return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("localhost");
    }
  }
}
