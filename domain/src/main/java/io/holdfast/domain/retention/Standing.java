package io.holdfast.domain.retention;

/** What a set on a target is, as far as keeping it goes. */
public enum Standing {
  /** Published, with all that was asked for. */
  COMPLETE,
  /** Published, and something that was asked for is missing. */
  PARTIAL,
  /** Published without a manifest: not made by us. */
  HANDMADE,
  /** Published, and its manifest is damaged or of a later format. */
  UNREADABLE,
  /** Never published: somebody is writing it, or was ended while doing so. */
  INCOMPLETE,
  /** No longer published: its deletion was begun and not ended. */
  HALF_DELETED,
  /** Another host's. */
  FOREIGN
}
