package io.holdfast.storage.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small ext4 file system in a file, mounted. */
record MountedDisk(Path folder) implements AutoCloseable {

  static MountedDisk ofMegabytes(int megabytes, Path in) throws Exception {
    Path image = in.resolve("disk.img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(megabytes * 1_000_000L);
    }
    run("mkfs.ext4", "-q", "-F", image.toString());
    Path folder = Files.createDirectory(in.resolve("disk"));
    run("mount", "-o", "loop", image.toString(), folder.toString());
    return new MountedDisk(folder);
  }

  void makeReadOnly() throws Exception {
    run("mount", "-o", "remount,ro", folder.toString());
  }

  @Override
  public void close() throws IOException {
    try {
      run("umount", folder.toString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("failed: " + String.join(" ", command));
    }
  }
}
