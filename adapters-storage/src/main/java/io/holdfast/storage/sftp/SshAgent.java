package io.holdfast.storage.sftp;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;

/**
 * A running ssh-agent, which signs with keys that never leave it (the protocol of
 * draft-ietf-sshm-ssh-agent).
 *
 * @param socket where it listens
 */
record SshAgent(Path socket) {

  /**
   * A key that the agent holds.
   *
   * @param type its algorithm
   * @param blob the public key, one character for each byte
   */
  record Key(String type, String blob) {}

  private static final byte REQUEST_IDENTITIES = 11;
  private static final byte IDENTITIES_ANSWER = 12;
  private static final byte SIGN_REQUEST = 13;
  private static final byte SIGN_RESPONSE = 14;
  private static final int LARGEST_ANSWER = 256 * 1024;

  /** The keys that it holds. */
  List<Key> keys() throws IOException {
    Buffer.PlainBuffer answer =
        ask(new Buffer.PlainBuffer().putByte(REQUEST_IDENTITIES), IDENTITIES_ANSWER);
    List<Key> keys = new ArrayList<>();
    int count = answer.readUInt32AsInt();
    for (int i = 0; i < count; i++) {
      byte[] blob = answer.readBytes();
      answer.readBytes();
      byte[] type = new Buffer.PlainBuffer(blob).readBytes();
      keys.add(
          new Key(
              new String(type, StandardCharsets.US_ASCII),
              new String(blob, StandardCharsets.ISO_8859_1)));
    }
    return keys;
  }

  /** A signature, as SSH encodes it. */
  byte[] sign(Key key, byte[] data, int flags) throws IOException {
    Buffer.PlainBuffer request =
        new Buffer.PlainBuffer()
            .putByte(SIGN_REQUEST)
            .putString(new RemotePath(key.blob()).bytes())
            .putString(data)
            .putUInt32(flags);
    return ask(request, SIGN_RESPONSE).readBytes();
  }

  private Buffer.PlainBuffer ask(Buffer.PlainBuffer request, byte expected) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      ByteBuffer out =
          ByteBuffer.wrap(
              new Buffer.PlainBuffer().putBytes(request.getCompactData()).getCompactData());
      while (out.hasRemaining()) {
        channel.write(out);
      }
      InputStream stream = Channels.newInputStream(channel);
      DataInputStream in = new DataInputStream(stream);
      int length = in.readInt();
      if (length < 1 || length > LARGEST_ANSWER) {
        throw new IOException("ssh-agent answers " + length + " bytes");
      }
      byte[] bytes = new byte[length];
      in.readFully(bytes);
      Buffer.PlainBuffer answer = new Buffer.PlainBuffer(bytes);
      if (answer.readByte() != expected) {
        throw new IOException("ssh-agent refuses");
      }
      return answer;
    } catch (IOException e) {
      throw new IOException("ssh-agent at " + socket + ": " + e.getMessage(), e);
    }
  }
}
