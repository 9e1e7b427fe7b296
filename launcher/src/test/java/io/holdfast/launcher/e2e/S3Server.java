package io.holdfast.launcher.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An S3 server with one bucket, on a port of the loopback, and rclone as the other client. */
final class S3Server implements Remote {

  private static final String BUCKET = "hf-e2e-bucket";
  private static final String ACCESS_KEY = "hf-e2e-access";
  static final String SECRET_KEY = "hf-e2e-hush-s3-4711";

  private final Path folder;
  private final String prefix;
  private final int port = Cluster.freePort();
  private Running server;

  /** Starts it; buckets are folders of this one, sets go below the prefix. */
  S3Server(Path folder, String prefix) {
    Needs.programs("rclone");
    this.folder = folder;
    this.prefix = prefix;
    Shell.bash("mkdir -p %s/buckets/%s".formatted(folder, BUCKET));
    start();
  }

  void start() {
    Path storage = Needs.module("adapters-storage");
    String classPath =
        storage.resolve("target/test-classes")
            + ":"
            + Shell.call("cat", storage.resolve("target/test-servers.classpath").toString()).trim();
    server =
        new Shell()
            .with("LC_ALL", "C.UTF-8")
            .ownGroup()
            .start(
                List.of(
                    System.getProperty("java.home") + "/bin/java",
                    "-Xmx512m",
                    "-cp",
                    classPath,
                    "io.holdfast.storage.s3.S3ProxyServer",
                    Integer.toString(port),
                    folder.resolve("buckets").toString(),
                    ACCESS_KEY,
                    SECRET_KEY));
    SshServer.awaitPort(port, server);
  }

  /** Ends the server and every connection at once. */
  void kill() {
    server.close();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String url(int throughPort) {
    return "s3://" + BUCKET + "/" + prefix;
  }

  @Override
  public Operator addTo(Operator operator, String name, int throughPort, String... more) {
    operator
        .environment("HF_E2E_ACCESS_KEY", ACCESS_KEY)
        .environment("HF_E2E_SECRET_KEY", SECRET_KEY);
    return Remote.super.addTo(operator, name, throughPort, withEndpoint(throughPort, more));
  }

  private static String[] withEndpoint(int port, String... more) {
    String[] all = Arrays.copyOf(more, more.length + 1);
    all[more.length] = "endpoint: \"http://127.0.0.1:" + port + "\"";
    return all;
  }

  @Override
  public String[] settings() {
    return new String[] {
      "path-style: true",
      "region: us-east-1",
      "access-key: \"${env:HF_E2E_ACCESS_KEY}\"",
      "secret-key: \"${env:HF_E2E_SECRET_KEY}\""
    };
  }

  @Override
  public void fetch(String path, Path into) {
    rclone("copy e2e:%s/%s/%s %s/%s".formatted(BUCKET, prefix, path, into, path));
  }

  @Override
  public List<String> files() {
    return rclone("lsf -R --files-only e2e:%s/%s".formatted(BUCKET, prefix))
        .lines()
        .sorted()
        .toList();
  }

  /** The keys of uploads that were begun and neither completed nor aborted. */
  List<String> uploads() {
    List<String> keys = new ArrayList<>();
    String json = rclone("backend list-multipart-uploads e2e:" + BUCKET);
    Outcome.JSON
        .readTree(json)
        .forEach(list -> list.forEach(u -> keys.add(u.get("Key").asString())));
    return keys;
  }

  /** Takes the bucket away, with all that is in it. */
  void removeBucket() {
    Shell.call("rm", "-r", folder.resolve("buckets").resolve(BUCKET).toString());
  }

  private String rclone(String arguments) {
    return new Shell()
        .with("RCLONE_CONFIG", "/dev/null")
        .with("RCLONE_CONFIG_E2E_TYPE", "s3")
        .with("RCLONE_CONFIG_E2E_PROVIDER", "Other")
        .with("RCLONE_CONFIG_E2E_ENDPOINT", "http://127.0.0.1:" + port)
        .with("RCLONE_CONFIG_E2E_ACCESS_KEY_ID", ACCESS_KEY)
        .with("RCLONE_CONFIG_E2E_SECRET_ACCESS_KEY", SECRET_KEY)
        .script("set -e; rclone " + arguments)
        .ok()
        .stdout();
  }

  @Override
  public void close() {
    kill();
  }
}
