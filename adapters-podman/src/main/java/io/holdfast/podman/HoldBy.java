package io.holdfast.podman;

/** How containers are held still. */
public enum HoldBy {
  /** Frozen where they are: it takes a moment, and they notice nothing but a gap in time. */
  PAUSE,
  /** Ended in good order and started again: what they had under way is whole. */
  STOP
}
