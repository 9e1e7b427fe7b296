package io.holdfast.operations.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps the figures in the state folder. One process at a time changes them. */
final class FiguresFile {

  private static final int TRIES = 100;
  private static final long PAUSE_MILLIS = 50;

  private final Path folder;

  FiguresFile(Path folder) {
    this.folder = folder;
  }

  /** What is remembered. Of a file that was damaged from outside, what can be read of it. */
  Figures read() throws IOException {
    Properties values = new Properties();
    try (InputStream in = Files.newInputStream(file())) {
      values.load(in);
    } catch (NoSuchFileException firstTime) {
      return new Figures(values);
    } catch (IllegalArgumentException damaged) {
      return new Figures(values);
    }
    return new Figures(values);
  }

  /** Changes it, and does something with the result before anybody else changes it. */
  void change(Consumer<Figures> change, Use use) throws IOException {
    Files.createDirectories(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("metrics.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      Figures figures = read();
      change.accept(figures);
      AtomicFile.replace(file(), "rw-------", out -> figures.values().store(out, null));
      use.of(figures);
      if (!lock.isValid()) {
        throw new IOException("the lock of " + folder + " was lost");
      }
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      for (int attempt = 0; attempt < TRIES; attempt++) {
        FileLock lock = tryLock(channel);
        if (lock != null) {
          return lock;
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("another process holds its lock");
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException anotherThread) {
      return null;
    }
  }

  private Path file() {
    return folder.resolve("metrics.properties");
  }

  /** What is done with changed figures. */
  interface Use {

    void of(Figures figures) throws IOException;
  }
}
