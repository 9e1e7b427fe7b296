package io.holdfast.storage.sftp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.sftp.Response;

/** Reads strings of an answer as the bytes that they are. */
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
}
