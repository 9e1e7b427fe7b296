package io.holdfast.storage.sftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Hands out one socket that is known to its maker, so that he can close it under whoever is stuck
 * in it. It sends at once: requests are small and somebody waits for each. Only the form that does
 * not connect yet is ever asked for, since the connection has a time limit; the others refuse.
 */
final class NoDelaySockets extends SocketFactory {

  private final Socket socket;

  NoDelaySockets(Socket socket) {
    this.socket = socket;
  }

  static Socket newSocket() {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
    } catch (SocketException e) {
      throw new IllegalStateException("a new socket takes no options", e);
    }
    return socket;
  }

  /** Closes it, whoever is stuck in it. */
  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("a socket cannot be closed", e);
    }
  }

  @Override
  public Socket createSocket() {
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    // Never asked for: see above.
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    // Never asked for: see above.
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    // Never asked for: see above.
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    // Never asked for: see above.
    throw new UnsupportedOperationException();
  }
}
