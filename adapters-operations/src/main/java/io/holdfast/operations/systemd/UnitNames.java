package io.holdfast.operations.systemd;

/** What units are called. */
final class UnitNames {

  /** What the files of all units match. */
  static final String GLOB = "holdfast-*.{service,timer}";

  private UnitNames() {}

  static String service(String command) {
    return "holdfast-" + command + ".service";
  }

  static String timer(String command) {
    return "holdfast-" + command + ".timer";
  }

  static boolean isTimer(String name) {
    return name.endsWith(".timer");
  }
}
