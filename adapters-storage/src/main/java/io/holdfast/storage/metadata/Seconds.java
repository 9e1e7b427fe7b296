package io.holdfast.storage.metadata;

import io.holdfast.storage.json.Fields;
import io.holdfast.storage.json.MalformedJsonException;
import java.math.BigDecimal;
import java.time.Duration;

/** Durations as JSON has them: decimal numbers of seconds. */
final class Seconds {

  private static final int NANO_DIGITS = 9;
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Integer.MAX_VALUE);

  private Seconds() {}

  static BigDecimal of(Duration duration) {
    BigDecimal exact =
        BigDecimal.valueOf(duration.getSeconds())
            .add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS))
            .stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }

  static Duration from(Fields json, String name) throws MalformedJsonException {
    BigDecimal seconds = json.decimal(name);
    if (seconds.compareTo(LONGEST) > 0) {
      throw json.wrong(name, "is longer than 68 years");
    }
    long whole = seconds.longValue();
    BigDecimal fraction = seconds.subtract(BigDecimal.valueOf(whole));
    return Duration.ofSeconds(whole, fraction.movePointRight(NANO_DIGITS).longValue());
  }
}
