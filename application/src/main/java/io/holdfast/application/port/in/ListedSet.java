package io.holdfast.application.port.in;

import io.holdfast.domain.backup.Manifest;
import io.holdfast.domain.backup.SetId;
import java.util.Optional;

/**
 * A set as a target shows it.
 *
 * @param target the target's name
 * @param id the set's id
 * @param state what it is
 * @param manifest its manifest, where it has one that can be read
 * @param storedBytes the bytes of all its files
 * @param foreignHost the host that its manifest names, when that is not this one
 * @param problem why the manifest could not be read, for {@link State#UNREADABLE}
 */
public record ListedSet(
    String target,
    SetId id,
    State state,
    Optional<Manifest> manifest,
    long storedBytes,
    Optional<String> foreignHost,
    Optional<String> problem) {

  /** True when the set is there, whole or damaged. */
  public boolean isPublished() {
    return state != State.INCOMPLETE;
  }

  /** What a folder that is named like a set holds; the best first. */
  public enum State {
    /** Published, with everything that was asked for. */
    COMPLETE,
    /** Published, with something missing that the manifest names. */
    PARTIAL,
    /** Published by hand: checksums and no manifest. */
    HANDMADE,
    /** Published, with a manifest that this version cannot read. */
    UNREADABLE,
    /** Not published: a run is at work, or was ended. */
    INCOMPLETE
  }
}
