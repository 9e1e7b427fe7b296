package io.holdfast.podman.archive;

import java.io.IOException;

/** Is shown every member of an archive as it passes: what it is, and then what it holds. */
interface MemberVisitor {

  /** A member begins. */
  void begin(TarMember member, MemberDetails details) throws IOException;

  /** More of the content of a file. */
  void content(byte[] bytes, int offset, int length) throws IOException;

  /** So many zeros in the content of a file, which the archive does not spell out. */
  void hole(long length) throws IOException;

  /** The member has ended. */
  void end() throws IOException;
}
