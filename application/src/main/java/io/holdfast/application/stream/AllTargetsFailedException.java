package io.holdfast.application.stream;

import java.io.IOException;

/** No target is left to write to. Each target's own failure is in its {@link TargetRun}. */
final class AllTargetsFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  AllTargetsFailedException() {
    super("no storage target is left to write to");
  }
}
