package io.holdfast.storage.sftp;

import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What the tests of troubles share: bytes that are known, and looks at what is on the disk. */
final class SftpFixture {

  static final BlobKey KEY = new BlobKey("set/file");
  static final int MEGABYTE = 1 << 20;

  private SftpFixture() {}

  static byte[] block(int index) {
    byte[] block = new byte[MEGABYTE];
    new Random(index).nextBytes(block);
    return block;
  }

  static void write(OutputStream out, int fromMegabyte, int toMegabyte) throws IOException {
    for (int i = fromMegabyte; i < toMegabyte; i++) {
      out.write(block(i));
    }
  }

  static void commit(BlobStore store, BlobKey key, int megabytes) throws IOException {
    try (BlobWriter writer = store.create(key)) {
      write(writer.body(), 0, megabytes);
      writer.commit();
    }
  }

  /** True when the stream goes on with exactly these megabytes. */
  static boolean reads(InputStream in, int fromMegabyte, int toMegabyte) throws IOException {
    for (int i = fromMegabyte; i < toMegabyte; i++) {
      if (!java.util.Arrays.equals(in.readNBytes(MEGABYTE), block(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean isWhole(BlobStore store, BlobKey key, int megabytes) throws IOException {
    try (InputStream in = store.open(key)) {
      return reads(in, 0, megabytes) && in.read() < 0;
    }
  }

  static List<String> keys(BlobStore store) {
    List<String> keys = new ArrayList<>();
    store.list("", blob -> keys.add(blob.key().value()));
    return keys;
  }

  /** The files, seen on the disk. */
  static List<String> files(Path root) throws IOException {
    if (Files.notExists(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(each -> !Files.isDirectory(each))
          .map(each -> root.relativize(each).toString())
          .sorted()
          .toList();
    }
  }

  static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }
}
