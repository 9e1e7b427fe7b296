package io.holdfast.storage.sftp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.sftp.Response;

/** Reads parts of an answer that sshj reads too strictly. */
final class Wire {

  private Wire() {}

  /** A string, each of its bytes as one character. */
  static String text(Response response) throws IOException {
    int length = response.readUInt32AsInt();
    if (length < 0 || length > response.available()) {
      throw new Buffer.BufferException("a string of " + length + " bytes");
    }
    String text =
        new String(response.array(), response.rpos(), length, StandardCharsets.ISO_8859_1);
    response.rpos(response.rpos() + length);
    return text;
  }

  /** A number of 64 bits, of which a file system's id uses all. */
  static long number(Response response) throws IOException {
    long high = response.readUInt32();
    return high << 32 | response.readUInt32();
  }
}
