package io.holdfast.launcher.config;

import io.holdfast.domain.backup.Encoding;
import java.util.List;
import java.util.Optional;

/**
 * The host's Podman volumes.
 *
 * @param names which
 * @param compression of their tars
 * @param pause containers to hold still while their volumes are read
 * @param fingerprint true to take their fingerprints and list their members as they are read
 */
public record VolumesConfig(
    NamePatterns names, Encoding compression, List<String> pause, boolean fingerprint) {
  public VolumesConfig {
    pause = List.copyOf(pause);
  }

  /** With fingerprints. */
  public VolumesConfig(NamePatterns names, Encoding compression, List<String> pause) {
    this(names, compression, pause, true);
  }

  /** Every volume, with all defaults. */
  public static VolumesConfig everything() {
    return new VolumesConfig(NamePatterns.everything(), Encoding.GZIP, List.of());
  }

  static VolumesConfig read(Section section) {
    VolumesConfig volumes =
        new VolumesConfig(
            NamePatterns.read(section),
            section
                .parsed("compression", "none, gzip or zstd", VolumesConfig::parseEncoding)
                .orElse(Encoding.GZIP),
            section.texts("pause").orElse(List.of()),
            section
                .parsed("fingerprint", "full or none", VolumesConfig::parseFingerprint)
                .orElse(true));
    section.end();
    return volumes;
  }

  private static Optional<Boolean> parseFingerprint(String text) {
    return switch (text) {
      case "full" -> Optional.of(true);
      case "none" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Encoding> parseEncoding(String text) {
    return switch (text) {
      case "none" -> Optional.of(Encoding.NONE);
      case "gzip" -> Optional.of(Encoding.GZIP);
      case "zstd" -> Optional.of(Encoding.ZSTD);
      default -> Optional.empty();
    };
  }
}
