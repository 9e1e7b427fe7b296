package io.holdfast.storage.sftp;

import net.schmizz.sshj.sftp.Response.StatusCode;

/** The server has answered that it will not or cannot. The connection is sound. */
final class StatusException extends Exception {

  private static final long serialVersionUID = 1L;

  private final StatusCode code;

  StatusException(StatusCode code, String message) {
    super(message.isEmpty() ? code.name() : message);
    this.code = code;
  }

  boolean isNotFound() {
    return code == StatusCode.NO_SUCH_FILE || code == StatusCode.NO_SUCH_PATH;
  }

  boolean isDenied() {
    return code == StatusCode.PERMISSION_DENIED || code == StatusCode.WRITE_PROTECT;
  }

  boolean isFull() {
    return code == StatusCode.NO_SPACE_ON_FILESYSTEM || code == StatusCode.QUOTA_EXCEEDED;
  }

  boolean isEnd() {
    return code == StatusCode.EOF;
  }

  boolean isUnsupported() {
    return code == StatusCode.OP_UNSUPPORTED;
  }

  /** True for a name that the server's file system does not take. */
  boolean isBadName() {
    return code == StatusCode.BAD_MESSAGE || code == StatusCode.INVALID_FILENAME;
  }
}
