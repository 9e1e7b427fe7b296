package io.holdfast.podman.archive;

/** Judges the members of an archive, in their order. One instance serves one archive. */
public interface MemberRule {

  /** Takes all: for an archive that this host's own tar is writing. */
  static MemberRule any() {
    return member -> {};
  }

  /**
   * Refuses members that climb out of the folder that the archive is extracted into: absolute
   * names, {@code ..}, hard links to such, and whatever lies behind a symbolic link that the
   * archive made before. Remembers eight to sixteen bytes a symbolic link, and refuses an archive
   * with more than two million of them.
   */
  static MemberRule staysInside() {
    return new ClimbGuard();
  }

  /**
   * Judges one member.
   *
   * @throws DamagedTarException when it must not be extracted
   */
  void judge(TarMember member) throws DamagedTarException;
}
