package io.holdfast.storage.s3;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.Main;

/**
 * An S3 server in a process of its own, for tests of any module and for people: {@code
 * S3ProxyServer PORT FOLDER ACCESS-KEY SECRET-KEY [--until-eof]}. It listens on 127.0.0.1 and
 * checks signatures. The folder holds one folder a bucket; {@code memory} in its place keeps
 * everything in the heap. With {@code --until-eof} it ends when its standard input does, so that it
 * never outlives a test.
 */
public final class S3ProxyServer {

  private S3ProxyServer() {}

  /** Starts it. */
  public static void main(String[] arguments) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("s3proxy.endpoint", "http://127.0.0.1:" + arguments[0]);
    properties.setProperty("s3proxy.authorization", "aws-v2-or-v4");
    properties.setProperty("s3proxy.identity", arguments[2]);
    properties.setProperty("s3proxy.credential", arguments[3]);
    properties.setProperty("s3proxy.ignore-unknown-headers", "true");
    boolean inMemory = arguments[1].equals("memory");
    properties.setProperty("jclouds.provider", inMemory ? "transient-nio2" : "filesystem-nio2");
    properties.setProperty("jclouds.identity", "any");
    properties.setProperty("jclouds.credential", "any");
    if (!inMemory) {
      properties.setProperty("jclouds.filesystem.basedir", arguments[1]);
    }
    Path file = fileOf(properties);
    Main.main(new String[] {"--properties", file.toString()});
    Files.delete(file);
    if (arguments.length > 4 && arguments[4].equals("--until-eof")) {
      while (System.in.read() >= 0) {
        // Nothing is said; only the end counts.
      }
      Runtime.getRuntime().halt(0);
    }
  }

  private static Path fileOf(Properties properties) throws IOException {
    Path file = Files.createTempFile("holdfast-s3proxy-", ".properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, "S3Proxy");
    }
    return file;
  }
}
