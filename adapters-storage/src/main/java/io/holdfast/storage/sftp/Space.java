package io.holdfast.storage.sftp;

import java.io.IOException;
import java.util.OptionalLong;
import net.schmizz.sshj.sftp.Response;

/** What {@code statvfs(3)} tells of a file system. */
record Space(long freeBytes, long totalBytes, long freeFiles, long totalFiles, boolean isReadOnly) {

  private static final long READ_ONLY = 1;

  static Space read(Response reply) throws IOException {
    Wire.number(reply);
    long blockSize = Wire.number(reply);
    final long blocks = Wire.number(reply);
    Wire.number(reply);
    final long available = Wire.number(reply);
    final long files = Wire.number(reply);
    Wire.number(reply);
    final long availableFiles = Wire.number(reply);
    Wire.number(reply);
    final long flags = Wire.number(reply);
    return new Space(
        available * blockSize, blocks * blockSize, availableFiles, files, (flags & READ_ONLY) != 0);
  }

  OptionalLong free() {
    return OptionalLong.of(freeBytes);
  }
}
