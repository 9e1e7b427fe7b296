package io.holdfast.domain.backup;

/**
 * A volume's label as {@code podman volume create --label} takes it. Podman reads the option's
 * value as a line of comma-separated values (RFC 4180), so that a comma or a quote in a label must
 * be quoted; all other labels are taken as they are.
 */
public final class VolumeLabel {

  private VolumeLabel() {}

  /** The option's value. */
  public static String argument(String name, String value) {
    String label = name + "=" + value;
    boolean plain = label.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? label : '"' + label.replace("\"", "\"\"") + '"';
  }
}
