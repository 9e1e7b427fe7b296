package io.holdfast.application.port.out.source;

import io.holdfast.application.port.out.command.Cancellation;
import java.util.List;

/** Tells whether one part of the host is ready for a backup. Changes nothing. */
public interface HealthProbe {

  /** Looks; what it finds wrong is a finding, not an exception. */
  List<Finding> probe(Cancellation cancellation);

  /** How ready something is. */
  enum Level {
    OK,
    WARNING,
    FAILED
  }

  /**
   * One thing that was looked at.
   *
   * @param subject what: {@code cluster main}, {@code volume confluence_data}
   * @param level how ready it is
   * @param detail what was seen
   * @param hint what to do about it; empty when nothing
   */
  record Finding(String subject, Level level, String detail, String hint) {}
}
