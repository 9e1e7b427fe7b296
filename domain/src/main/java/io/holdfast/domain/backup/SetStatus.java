package io.holdfast.domain.backup;

/** Whether a published set holds all that was asked for. */
public enum SetStatus {
  /** Every artifact is there. */
  COMPLETE,
  /** At least one artifact failed; the manifest says which and why. */
  PARTIAL
}
