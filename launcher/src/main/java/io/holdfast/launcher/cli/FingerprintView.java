package io.holdfast.launcher.cli;

import io.holdfast.domain.fingerprint.DatabaseFingerprint;
import io.holdfast.domain.fingerprint.Fingerprint;
import java.time.Duration;
import java.util.Optional;

/** How far an artifact was looked at for its fingerprint, and what that cost. */
final class FingerprintView {

  private static final String FULL = "full";

  private FingerprintView() {}

  /** {@code full, 1.2 s}; {@code -} for none. What falls out of a stream has no time of its own. */
  static String text(Optional<Fingerprint> fingerprint) {
    return fingerprint
        .map(f -> depth(f) + took(f).map(took -> ", " + Quantity.duration(took)).orElse(""))
        .orElse("-");
  }

  static Json.Fields json(Fingerprint fingerprint) {
    return Json.object().put("depth", depth(fingerprint)).put("seconds", took(fingerprint));
  }

  private static String depth(Fingerprint fingerprint) {
    if (!(fingerprint instanceof DatabaseFingerprint database) || database.tables().isEmpty()) {
      return FULL;
    }
    if (database.tables().stream().allMatch(table -> table.content().isEmpty())) {
      return "counts";
    }
    return database.tables().stream().anyMatch(table -> table.share() > 1) ? "sample" : FULL;
  }

  private static Optional<Duration> took(Fingerprint fingerprint) {
    return fingerprint instanceof DatabaseFingerprint database
        ? Optional.of(database.took())
        : Optional.empty();
  }
}
