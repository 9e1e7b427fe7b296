package io.holdfast.storage.s3;

import io.holdfast.application.port.out.store.Secret;
import io.holdfast.application.port.out.store.Settings;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3 server in a process of its own, with a bucket. */
final class S3Server implements AutoCloseable {

  static final String ACCESS = "holdfast-access";
  static final String SECRET = "holdfast-s3cret-of-the-tests";
  static final String BUCKET = "backups";

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private final Process process;
  private final int port;
  private final Path folder;

  private S3Server(Process process, int port, Path folder) {
    this.process = process;
    this.port = port;
    this.folder = folder;
  }

  /** S3Proxy, which checks signatures and creates conditionally. */
  static S3Server s3proxy(boolean inMemory) throws IOException {
    int port = freePort();
    Path folder = Files.createTempDirectory("holdfast-s3-");
    return started(
        port,
        folder,
        List.of(
            "-Xmx1g",
            "-cp",
            classPath(),
            S3ProxyServer.class.getName(),
            Integer.toString(port),
            inMemory ? "memory" : folder.toString(),
            ACCESS,
            SECRET,
            "--until-eof"));
  }

  /** Adobe's S3Mock, which knows no keys, and does not create conditionally when it is raced. */
  static S3Server s3mock() throws IOException {
    int port = freePort();
    Path folder = Files.createTempDirectory("holdfast-s3-");
    String jar =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(path -> path.matches(".*s3mock-.*-exec\\.jar"))
            .findFirst()
            .orElseThrow();
    return started(
        port,
        folder,
        List.of(
            "-Xmx512m",
            "-cp",
            jar + File.pathSeparator + Path.of("target", "test-classes"),
            S3MockServer.class.getName(),
            "--http.port=" + port,
            "--server.port=0",
            "--server.tomcat.mbeanregistry.enabled=true",
            "--com.adobe.testing.s3mock.store.root=" + folder));
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  int port() {
    return port;
  }

  /** The settings of a target below a prefix, with more of them in pairs. */
  Settings settings(String prefix, String... more) {
    return settingsAt(endpoint(), prefix, more);
  }

  /** The same, by way of another address. */
  static Settings settingsAt(URI endpoint, String prefix, String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("endpoint", endpoint.toString());
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return new Settings(
        "cloud",
        URI.create("s3://" + BUCKET + "/" + prefix),
        values,
        Map.of(
            "access-key", Secret.of(ACCESS.toCharArray()),
            "secret-key", Secret.of(SECRET.toCharArray())));
  }

  /** All objects below a prefix, and all uploads that were never finished. */
  Set<String> contents(String prefix) {
    try (S3Client client = client()) {
      Set<String> names = new TreeSet<>();
      client
          .listObjectsV2Paginator(list -> list.bucket(BUCKET).prefix(prefix))
          .contents()
          .forEach(object -> names.add(object.key()));
      client.listMultipartUploads(list -> list.bucket(BUCKET)).uploads().stream()
          .filter(upload -> upload.key().startsWith(prefix))
          .forEach(upload -> names.add("upload of " + upload.key()));
      return names;
    }
  }

  /** A client that is not the plugin's. */
  S3Client client() {
    return S3Client.builder()
        .endpointOverride(endpoint())
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS, SECRET)))
        .build();
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  private static S3Server started(int port, Path folder, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + folder.getParent());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    S3Server server = new S3Server(process, port, folder);
    try {
      server.awaitAnswer();
      try (S3Client client = server.client()) {
        client.createBucket(make -> make.bucket(BUCKET));
      }
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void awaitAnswer() throws IOException {
    long began = System.nanoTime();
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        return;
      } catch (IOException notYet) {
        if (!process.isAlive() || System.nanoTime() - began > PATIENCE) {
          throw notYet;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }
}
