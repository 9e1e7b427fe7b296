package io.holdfast.storage.sftp;

import io.holdfast.application.port.out.store.Secret;
import io.holdfast.application.port.out.store.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** OpenSSH's own server, as a plain process of the tests' user, with keys and a port of its own. */
final class SshServer implements AutoCloseable {

  static final Path PROGRAM = Path.of("/usr/sbin/sshd");

  private final Path folder;
  private final int port;
  private final List<String> options;
  private Process process;

  private SshServer(Path folder, int port, List<String> options) throws Exception {
    this.folder = folder;
    this.port = port;
    this.options = options;
    this.process = launch();
  }

  static boolean isMissing() {
    return !Files.isExecutable(PROGRAM);
  }

  /** Starts one in a folder of its own; {@code options} go before the usual ones. */
  static SshServer start(Path folder, String... options) throws Exception {
    Files.createDirectories(folder);
    if (Files.notExists(folder.resolve("host_ed25519"))) {
      makeKey(folder.resolve("host_ed25519"), "ed25519", "");
    }
    if (Files.notExists(folder.resolve("id"))) {
      makeKey(folder.resolve("id"), "ed25519", "");
      Files.copy(folder.resolve("id.pub"), folder.resolve("authorized_keys"));
    }
    SshServer server = new SshServer(folder, freePort(), List.of(options));
    server.pin();
    return server;
  }

  static void makeKey(Path file, String type, String passphrase, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", file.toString()));
    command.addAll(List.of(more));
    run(command);
  }

  static void run(List<String> command) throws Exception {
    Process done = new ProcessBuilder(command).inheritIO().start();
    if (done.waitFor() != 0) {
      throw new IOException("failed: " + String.join(" ", command));
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static String user() {
    return System.getProperty("user.name");
  }

  int port() {
    return port;
  }

  Path folder() {
    return folder;
  }

  Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  Path key() {
    return folder.resolve("id");
  }

  /** Lets a public key in. */
  void authorize(Path publicKey) throws IOException {
    String both = Files.readString(folder.resolve("authorized_keys")) + Files.readString(publicKey);
    Files.writeString(folder.resolve("authorized_keys"), both);
  }

  /** Writes the server's key down as known. */
  void pin() throws IOException {
    String key = Files.readString(folder.resolve("host_ed25519.pub"));
    String[] fields = key.split(" ", -1);
    Files.writeString(
        knownHosts(), "[127.0.0.1]:" + port + " " + fields[0] + " " + fields[1] + "\n");
  }

  URI url(Path root) {
    return URI.create("sftp://" + user() + "@127.0.0.1:" + port + root.toUri().getRawPath());
  }

  /** A target on a folder, by the server's own key. */
  Settings settings(Path root, Map<String, String> more) {
    Map<String, String> values = new HashMap<>();
    values.put("private-key", key().toString());
    values.put("known-hosts", knownHosts().toString());
    values.putAll(more);
    values.values().removeIf(String::isEmpty);
    return new Settings("nas", url(root), values, Map.of());
  }

  static Secret secret(String text) {
    return Secret.of(text.toCharArray());
  }

  /** The processes that serve connections: the listener's descendants. */
  List<ProcessHandle> connections() {
    try (Stream<ProcessHandle> all = process.descendants()) {
      return all.toList();
    }
  }

  /** Cuts every connection; new ones are taken. */
  void cutConnections() {
    connections().forEach(ProcessHandle::destroyForcibly);
  }

  /** Holds every connection still, as a network does that has gone silent. */
  void freeze() throws Exception {
    signal("-STOP");
  }

  void thaw() throws Exception {
    signal("-CONT");
  }

  /** Ends the server with all its connections. */
  void kill() throws InterruptedException {
    List<ProcessHandle> all = new ArrayList<>(connections());
    process.destroyForcibly();
    process.waitFor();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /** Starts it anew at the same port. */
  void restart() throws Exception {
    process = launch();
  }

  @Override
  public void close() throws IOException {
    try {
      kill();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void signal(String which) throws Exception {
    List<String> command = new ArrayList<>(List.of("kill", which, Long.toString(process.pid())));
    connections().forEach(each -> command.add(Long.toString(each.pid())));
    run(command);
  }

  private Process launch() throws Exception {
    List<String> config = new ArrayList<>(options);
    config.addAll(
        List.of(
            "ListenAddress 127.0.0.1",
            "Port " + port,
            "HostKey " + folder.resolve("host_ed25519"),
            "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
            "PidFile none",
            "StrictModes no",
            "UsePAM no",
            "MaxStartups 100"));
    if (options.stream().noneMatch(option -> option.startsWith("Subsystem"))) {
      config.add("Subsystem sftp internal-sftp");
    }
    Path file = folder.resolve("sshd_config");
    Files.write(file, config);
    // Root's sshd wants its folder for privilege separation, which a booted system makes.
    if (user().equals("root")) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    Process started =
        new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("sshd.log").toFile()))
            .start();
    awaitPort(started);
    return started;
  }

  private void awaitPort(Process started) throws Exception {
    for (int i = 0; i < 500; i++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException notYet) {
        if (!started.isAlive()) {
          throw new IOException(Files.readString(folder.resolve("sshd.log")), notYet);
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    throw new IOException("sshd does not listen");
  }
}
