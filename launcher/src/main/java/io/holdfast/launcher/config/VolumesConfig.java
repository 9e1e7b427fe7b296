package io.holdfast.launcher.config;

import io.holdfast.domain.backup.Encoding;
import io.holdfast.podman.HoldBy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The host's Podman volumes.
 *
 * @param names which
 * @param compression of their tars
 * @param pause containers to hold still while their volumes are read
 * @param hold how
 * @param longestHold how long at most
 * @param freeze whether volumes are frozen by reflinks where that can be done
 * @param fingerprint true to take their fingerprints and list their members as they are read
 */
public record VolumesConfig(
    NamePatterns names,
    Encoding compression,
    List<String> pause,
    HoldBy hold,
    Duration longestHold,
    boolean freeze,
    boolean fingerprint) {

  /** How long containers are held at most where nothing is said. */
  public static final Duration USUAL_HOLD = Duration.ofMinutes(10);

  public VolumesConfig {
    pause = List.copyOf(pause);
  }

  /** Every volume, with all defaults. */
  public static VolumesConfig everything() {
    return new VolumesConfig(
        NamePatterns.everything(), Encoding.GZIP, List.of(), HoldBy.PAUSE, USUAL_HOLD, true, true);
  }

  static VolumesConfig read(Section section) {
    VolumesConfig volumes =
        new VolumesConfig(
            NamePatterns.read(section),
            section
                .parsed("compression", "none, gzip or zstd", VolumesConfig::parseEncoding)
                .orElse(Encoding.GZIP),
            section.texts("pause").orElse(List.of()),
            section.parsed("hold", "pause or stop", VolumesConfig::parseHold).orElse(HoldBy.PAUSE),
            section
                .parsed("max-hold", DurationText.EXPECTED, VolumesConfig::parseLongest)
                .orElse(USUAL_HOLD),
            section.parsed("freeze", "auto or never", VolumesConfig::parseFreeze).orElse(true),
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

  private static Optional<HoldBy> parseHold(String text) {
    return switch (text) {
      case "pause" -> Optional.of(HoldBy.PAUSE);
      case "stop" -> Optional.of(HoldBy.STOP);
      default -> Optional.empty();
    };
  }

  private static Optional<Duration> parseLongest(String text) {
    return DurationText.parse(text).filter(longest -> !longest.isZero());
  }

  private static Optional<Boolean> parseFreeze(String text) {
    return switch (text) {
      case "auto" -> Optional.of(true);
      case "never" -> Optional.of(false);
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
