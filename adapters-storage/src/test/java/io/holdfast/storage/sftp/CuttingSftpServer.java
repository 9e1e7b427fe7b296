package io.holdfast.storage.sftp;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An SFTP server that does the first request of a kind and dies before it tells: stands between
 * sshd and OpenSSH's sftp-server. A program of its own, which sshd starts.
 */
final class CuttingSftpServer {

  private static final int RENAME = 18;
  private static final int MKDIR = 14;
  private static final int REMOVE = 13;
  private static final int EXTENDED = 200;
  private static final int STATUS = 101;
  private static final int FAILURE = 4;

  /** Not cut, and not done either: as if another writer had made the folder and removed it. */
  static final String REFUSED = "refused-mkdir";

  private CuttingSftpServer() {}

  /** The line of sshd's configuration. */
  static String subsystem(String request, Path marker, String serverOptions) {
    return String.join(
        " ",
        "Subsystem sftp",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xshare:auto -XX:TieredStopAtLevel=1 -cp",
        classes(),
        CuttingSftpServer.class.getName(),
        request,
        marker.toString(),
        serverOptions);
  }

  private static String classes() {
    try {
      return Path.of(
              CuttingSftpServer.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Arguments: the request, a file that is made when it was cut, and options of sftp-server. */
  public static void main(String[] arguments) throws Exception {
    java.util.List<String> command =
        new java.util.ArrayList<>(java.util.List.of("/usr/lib/openssh/sftp-server"));
    for (int i = 2; i < arguments.length; i++) {
      command.add(arguments[i]);
    }
    Process server =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    DataOutputStream toServer = new DataOutputStream(server.getOutputStream());
    DataInputStream fromServer = new DataInputStream(server.getInputStream());
    DataInputStream fromClient = new DataInputStream(System.in);
    OutputStream toClient = System.out;
    while (true) {
      byte[] request = packet(fromClient);
      if (arguments[0].equals(REFUSED)
          && isOf(request, "mkdir")
          && isFirst(Path.of(arguments[1]))) {
        forward(refusalOf(request), toClient);
        continue;
      }
      forward(request, toServer);
      byte[] answer = packet(fromServer);
      if (isOf(request, arguments[0]) && isFirst(Path.of(arguments[1]))) {
        server.destroyForcibly();
        Runtime.getRuntime().halt(1);
      }
      forward(answer, toClient);
    }
  }

  /** The status by which version 3 says nearly everything, without a reason. */
  private static byte[] refusalOf(byte[] request) {
    return ByteBuffer.allocate(17).put((byte) STATUS).put(request, 1, 4).putInt(FAILURE).array();
  }

  private static boolean isOf(byte[] request, String kind) {
    int type = request[0] & 0xff;
    String text = new String(request, StandardCharsets.ISO_8859_1);
    return switch (kind) {
      case "rename" -> type == RENAME;
      case "mkdir" -> type == MKDIR;
      case "remove" -> type == REMOVE;
      default -> type == EXTENDED && text.contains(kind + "@openssh.com");
    };
  }

  private static boolean isFirst(Path marker) throws IOException {
    try {
      Files.createFile(marker);
      return true;
    } catch (FileAlreadyExistsException cutBefore) {
      return false;
    }
  }

  private static byte[] packet(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  private static void forward(byte[] packet, OutputStream out) throws IOException {
    DataOutputStream to = new DataOutputStream(out);
    to.writeInt(packet.length);
    to.write(packet);
    to.flush();
  }
}
