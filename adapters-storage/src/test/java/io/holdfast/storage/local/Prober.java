package io.holdfast.storage.local;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own that works on a store: with fewer rights, or to be killed. */
final class Prober {

  private Prober() {}

  /** Arguments: the root, and {@code write}, {@code list}, {@code read} or {@code hang}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (BlobStore store = new LocalBlobStore(Path.of(arguments[0]))) {
      switch (arguments[1]) {
        case "write" -> write(store);
        case "list" -> store.list("", blob -> System.out.println(blob.key()));
        case "read" -> read(store);
        default -> hang(store);
      }
      System.out.println("done");
    } catch (Failure failure) {
      System.out.println(failure.kind() + "|" + failure.getMessage() + "|" + failure.hint());
    }
  }

  /** Runs it with a command in front of {@code java}. */
  static Process start(List<String> before, Path root, String what) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Prober.class.getName()));
    command.addAll(List.of(root.toString(), what));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void write(BlobStore store) throws IOException {
    try (BlobWriter writer = store.create(new BlobKey("set/file"))) {
      writer.body().write(1);
      writer.commit();
    }
  }

  private static void read(BlobStore store) throws IOException {
    try (InputStream in = store.open(new BlobKey("set/file"))) {
      System.out.println(in.read());
    }
  }

  private static void hang(BlobStore store) throws IOException, InterruptedException {
    try (BlobWriter writer = store.create(new BlobKey("set/file"))) {
      writer.body().write(new byte[1 << 20]);
      writer.body().flush();
      System.out.println("written");
      Thread.sleep(600_000);
    }
  }
}
