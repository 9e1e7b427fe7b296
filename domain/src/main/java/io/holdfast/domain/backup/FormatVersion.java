package io.holdfast.domain.backup;

/**
 * The version of the set format. A reader takes any minor version of a major one that it knows, and
 * refuses a higher major one.
 *
 * @param major changes when an old reader would misread a set
 * @param minor changes when fields are added
 */
public record FormatVersion(int major, int minor) {

  /** What this version of Holdfast writes. */
  public static final FormatVersion CURRENT = new FormatVersion(1, 0);

  /** True when this version of Holdfast can read it. */
  public boolean isReadable() {
    return major <= CURRENT.major;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
