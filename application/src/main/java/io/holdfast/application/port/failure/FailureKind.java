package io.holdfast.application.port.failure;

/** What sort of thing went wrong, and whether trying again may help. */
public enum FailureKind {
  /** The command was given wrongly. */
  USAGE(false),
  /** The configuration is wrong. */
  CONFIGURATION(false),
  /** A database or Podman refused, or what was named is not there. */
  SOURCE(false),
  /** A database or Podman could not be reached. */
  SOURCE_UNREACHABLE(true),
  /** A storage target refused. */
  STORAGE(false),
  /** A storage target has no space left. */
  STORAGE_FULL(false),
  /** A storage target could not be reached. */
  STORAGE_UNREACHABLE(true),
  /** There is no blob under the key. */
  NOT_FOUND(false),
  /** There is a blob under the key already. */
  ALREADY_EXISTS(false),
  /** A set is unknown, incomplete or damaged. */
  INTEGRITY(false),
  /** Another run is at work. */
  BUSY(true),
  /** The operator or the system ended the run. */
  INTERRUPTED(false);

  private final boolean temporary;

  FailureKind(boolean temporary) {
    this.temporary = temporary;
  }

  /** True when the same call may succeed later with nothing changed. */
  public boolean isTemporary() {
    return temporary;
  }
}
