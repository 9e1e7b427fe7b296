package io.holdfast.domain.fingerprint;

/**
 * One thing in which what was restored is not what was backed up.
 *
 * @param subject what: {@code table public.orders}, {@code file ./attachments/3/report.pdf}, {@code
 *     role app}
 * @param detail in what: {@code had 7 rows, has 6}
 */
public record Difference(String subject, String detail) {

  /** For people. */
  public String describe() {
    return subject + " " + detail;
  }
}
