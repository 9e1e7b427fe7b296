package io.holdfast.example.webdav;

import io.holdfast.application.port.out.store.Secret;
import io.holdfast.application.port.out.store.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real WebDAV server on a free port of the loopback, with a folder and a password of its own. */
final class DavServer implements AutoCloseable {

  static final String USER = "backup";

  private final Path work;
  private final int port;
  private final String password;
  private final Process process;

  private DavServer(Path work, int port, String password, Process process) {
    this.work = work;
    this.port = port;
    this.password = password;
    this.process = process;
  }

  /** Apache's mod_dav, as most offer it. */
  static DavServer apache() throws Exception {
    Path work = workFolder("apache");
    int port = freePort();
    String password = UUID.randomUUID().toString();
    byte[] sum =
        MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        work.resolve("users"), USER + ":{SHA}" + Base64.getEncoder().encodeToString(sum) + "\n");
    Path config = work.resolve("apache.conf");
    Files.writeString(config, apacheConfig(work, port));
    return start(
        work,
        port,
        password,
        List.of(program("apache2"), "-D", "FOREGROUND", "-f", config.toString()));
  }

  private static String apacheConfig(Path work, int port) {
    StringBuilder config = new StringBuilder();
    for (String module :
        List.of(
            "mpm_event",
            "authn_core",
            "authn_file",
            "authz_core",
            "authz_user",
            "auth_basic",
            "dav",
            "dav_fs")) {
      config.append(
          "LoadModule %1$s_module /usr/lib/apache2/modules/mod_%1$s.so\n".formatted(module));
    }
    return config
        + """
        ServerRoot %1$s
        ServerName localhost
        PidFile %1$s/pid
        ErrorLog %1$s/log
        Listen 127.0.0.1:%2$d
        User www-data
        Group www-data
        DocumentRoot %1$s/data
        DavLockDB %1$s/locks/db
        <Directory %1$s/data>
          Dav On
          AllowOverride None
          AuthType Basic
          AuthName holdfast
          AuthBasicProvider file
          AuthUserFile %1$s/users
          Require valid-user
        </Directory>
        """
            .formatted(work, port);
  }

  /** The settings of a target that holds nothing yet. */
  Settings settings(String target) {
    return settings(target, password);
  }

  Settings settings(String target, String password) {
    return new Settings(
        target,
        URI.create("webdav://" + USER + "@127.0.0.1:" + port + "/" + target + "/sets"),
        Map.of(),
        Map.of("password", Secret.of(password.toCharArray())));
  }

  String password() {
    return password;
  }

  int port() {
    return port;
  }

  Path folder(String target) {
    return work.resolve("data").resolve(target).resolve("sets");
  }

  /** Everything below a target's folder but the empty workshop, seen on the server's disk. */
  Set<String> contents(String target) throws IOException {
    Path root = folder(target);
    Set<String> names = new TreeSet<>();
    if (Files.exists(root)) {
      try (Stream<Path> all = Files.walk(root)) {
        all.map(each -> root.relativize(each).toString())
            .filter(name -> !Set.of("", ".holdfast", ".holdfast/tmp").contains(name))
            .forEach(names::add);
      }
    }
    return names;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      new ProcessBuilder("rm", "-rf", work.toString()).start().waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static DavServer start(Path work, int port, String password, List<String> command)
      throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("output").toFile())
            .start();
    DavServer server = new DavServer(work, port, password, process);
    while (!accepts(port)) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            command.get(0) + " ended: " + Files.readString(work.resolve("output")));
      }
    }
    return server;
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Also for the server's own user, which is not root. */
  private static Path workFolder(String name) throws Exception {
    Path work = Files.createTempDirectory("hf-webdav-" + name + "-");
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String folder : List.of("data", "locks")) {
      Path made = Files.createDirectory(work.resolve(folder));
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    return work;
  }

  private static String program(String name) {
    for (String folder : List.of("/usr/sbin", "/usr/bin", "/usr/local/bin")) {
      if (Files.isExecutable(Path.of(folder, name))) {
        return folder + "/" + name;
      }
    }
    throw new IllegalStateException("MISSING: " + name + " (dev/setup installs it)");
  }
}
