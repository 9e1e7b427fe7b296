package io.holdfast.podman;

import io.holdfast.domain.backup.Encoding;
import java.util.List;
import java.util.Set;

/**
 * What is configured of the volumes.
 *
 * @param include globs of volumes to back up; a name without wildcards is one that must be there
 * @param exclude globs of volumes to leave out
 * @param compression around their tars
 * @param pause containers to hold still while their volumes are read
 * @param hold how
 * @param freeze whether volumes are copied by reflinks where that can be done, so that they need
 *     not be held while they are read
 * @param fingerprint true to take their fingerprints and list their members as they are read
 */
public record VolumeSettings(
    List<String> include,
    List<String> exclude,
    Encoding compression,
    Set<String> pause,
    HoldBy hold,
    boolean freeze,
    boolean fingerprint) {

  /** Those that pause, freeze where that can be done, and take fingerprints. */
  public VolumeSettings(
      List<String> include, List<String> exclude, Encoding compression, Set<String> pause) {
    this(include, exclude, compression, pause, HoldBy.PAUSE, true, true);
  }

  public VolumeSettings {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    pause = Set.copyOf(pause);
  }
}
