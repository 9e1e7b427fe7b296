package io.holdfast.launcher.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** OpenSSH's server on a port of the loopback, for the user that runs the tests. */
final class SshServer implements Remote {

  private static final String PROGRAM = "/usr/sbin/sshd";

  private final Path folder;
  private final Path root;
  private final int port = Cluster.freePort();
  private Running server;

  /** Starts it; keys and configuration lie in the folder, sets go below the root. */
  SshServer(Path folder, Path root) {
    Needs.programs("ssh-keygen", "sftp", PROGRAM);
    this.folder = folder;
    this.root = root;
    Shell.bash(
        """
        mkdir -p %1$s /run/sshd
        cd %1$s
        ssh-keygen -q -t ed25519 -N '' -f host
        ssh-keygen -q -t ed25519 -N '' -f key
        cp key.pub authorized_keys
        cat >config <<END
        Port %2$d
        ListenAddress 127.0.0.1
        HostKey %1$s/host
        AuthorizedKeysFile %1$s/authorized_keys
        PidFile none
        UsePAM no
        StrictModes no
        PermitRootLogin yes
        MaxStartups 100
        Subsystem sftp internal-sftp
        END
        """
            .formatted(folder, port));
    trustHostKey();
    start();
  }

  void start() {
    server =
        new Shell()
            .ownGroup()
            .start(List.of(PROGRAM, "-D", "-e", "-f", folder.resolve("config").toString()));
    awaitPort(port, server);
  }

  /** Ends the server and every connection at once. */
  void kill() {
    server.close();
  }

  /** Gives the server another key, as if somebody stood in its place. */
  void changeHostKey() {
    kill();
    Shell.bash("cd %s; rm host host.pub; ssh-keygen -q -t ed25519 -N '' -f host".formatted(folder));
    start();
  }

  /** Writes the server's key where Holdfast and sftp look for it. */
  void trustHostKey() {
    Shell.bash(
        "cd %s; (printf '[127.0.0.1]:%d '; cut -d' ' -f1,2 host.pub) > known_hosts"
            .formatted(folder, port));
  }

  /** Knows the server by another port too, through which it is reached. */
  @Override
  public Operator addTo(Operator operator, String name, int throughPort, String... more) {
    Shell.bash(
        "cd %1$s; sed -n 's/:%2$d /:%3$d /p' known_hosts >more; sort -u known_hosts more -o known_hosts"
            .formatted(folder, port, throughPort));
    return Remote.super.addTo(operator, name, throughPort, more);
  }

  String fingerprint() {
    return Shell.bash("ssh-keygen -lf %s/host.pub".formatted(folder)).split(" ", -1)[1];
  }

  Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String url(int throughPort) {
    String user = System.getProperty("user.name");
    return "sftp://" + user + "@127.0.0.1:" + throughPort + root.toUri().getRawPath();
  }

  @Override
  public String[] settings() {
    return new String[] {
      "private-key: " + folder.resolve("key"), "known-hosts: " + folder.resolve("known_hosts")
    };
  }

  @Override
  public void fetch(String path, Path into) {
    Shell.bash(
        """
        mkdir -p %1$s
        sftp -q -b - -P %4$d -i %5$s/key -o UserKnownHostsFile=%5$s/known_hosts -o IdentitiesOnly=yes 127.0.0.1 >/dev/null <<'END'
        get -r "%2$s/%3$s" %1$s
        END
        """
            .formatted(into, root, path, port, folder));
  }

  @Override
  public List<String> files() {
    String script = "cd %s 2>/dev/null || exit 0; find . -type f -printf '%%P\\n'";
    return Shell.bash(script.formatted(Shell.quote(root.toString()))).lines().sorted().toList();
  }

  Path root() {
    return root;
  }

  /** Returns once somebody listens on a port. */
  static void awaitPort(int port, Running server) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (System.nanoTime() < deadline) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException notYet) {
        if (!server.isAlive()) {
          throw new AssertionError("ended too early: " + server.await().told(), notYet);
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
    throw new AssertionError("nobody listens on port " + port);
  }

  @Override
  public void close() {
    kill();
  }
}
