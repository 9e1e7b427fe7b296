package io.holdfast.storage.sftp;

import io.holdfast.application.port.out.store.ServerKey;
import io.holdfast.storage.disk.Folders;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that servers are known by.
 *
 * @param files in OpenSSH's format; those that are missing hold no keys, and new ones go into the
 *     first
 */
record KnownHosts(List<Path> files) {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  KnownHosts {
    files = List.copyOf(files);
  }

  /** What is known of a key that a server shows. */
  Knowledge of(Hop hop, ServerPublicKey key) throws IOException {
    boolean known = false;
    boolean trusted = false;
    Optional<ServerPublicKey> pinned = Optional.empty();
    for (KnownHostsLine line : linesOf(hop)) {
      if (line.isRevocation() && line.isOf(key)) {
        return new Knowledge(true, ServerKey.State.CHANGED, Optional.empty());
      }
      if (line.isPlain()) {
        known = true;
        trusted |= line.isOf(key);
        if (line.type().equals(key.type())) {
          pinned = Optional.of(new ServerPublicKey(line.type(), line.key()));
        }
      }
    }
    if (trusted) {
      return new Knowledge(false, ServerKey.State.TRUSTED, Optional.of(key));
    }
    return new Knowledge(false, known ? ServerKey.State.CHANGED : ServerKey.State.UNKNOWN, pinned);
  }

  /** The algorithms of the keys that are pinned for a server. */
  List<String> typesOf(Hop hop) throws IOException {
    return linesOf(hop).stream()
        .filter(KnownHostsLine::isPlain)
        .map(KnownHostsLine::type)
        .distinct()
        .toList();
  }

  /** The file that new keys go into. */
  Path pinnedIn() {
    return files.get(0);
  }

  /** Pins a key, durably, in place of another one of its algorithm. */
  void pin(Hop hop, ServerPublicKey key) throws IOException {
    Path file = Files.exists(pinnedIn()) ? pinnedIn().toRealPath() : pinnedIn();
    Folders.make(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    List<String> before = textOf(file);
    List<String> after = new ArrayList<>();
    for (String text : before) {
      keep(text, hop, key).ifPresent(after::add);
    }
    boolean nothingGoes = after.equals(before);
    after.add(hop.pinnedName() + " " + key.type() + " " + key.base64());
    if (nothingGoes && endsWithNewline(file)) {
      write(file, after.get(after.size() - 1) + "\n", StandardOpenOption.APPEND);
    } else {
      replace(file, String.join("\n", after) + "\n");
    }
  }

  @Override
  public String toString() {
    return pinnedIn().toString();
  }

  /**
   * What is known of a server's key.
   *
   * @param revoked true when it must never be accepted
   * @param pinned the key that is pinned for the server and the same algorithm
   */
  record Knowledge(boolean revoked, ServerKey.State state, Optional<ServerPublicKey> pinned) {}

  private static Optional<String> keep(String text, Hop hop, ServerPublicKey key) {
    Optional<KnownHostsLine> line = KnownHostsLine.parse(text);
    boolean isOldKey =
        line.filter(
                each ->
                    each.isPlain()
                        && each.type().equals(key.type())
                        && each.names(hop.pinnedName()))
            .isPresent();
    if (!isOldKey) {
      return Optional.of(text);
    }
    return line.flatMap(each -> each.without(hop.pinnedName()))
        .map(rest -> rest.equals(line.get()) ? text : rest.text());
  }

  private List<KnownHostsLine> linesOf(Hop hop) throws IOException {
    List<KnownHostsLine> lines = new ArrayList<>();
    for (Path file : files) {
      for (String text : textOf(file)) {
        KnownHostsLine.parse(text)
            .filter(line -> line.names(hop.pinnedName()))
            .ifPresent(lines::add);
      }
    }
    return lines;
  }

  private static List<String> textOf(Path file) throws IOException {
    // Comments may be in any encoding, and nothing else is beyond ASCII.
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      return reader.lines().toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  private static boolean endsWithNewline(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.size() == 0
          || (channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n');
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    FileAttribute<Set<PosixFilePermission>> ownerOnly =
        PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    Path unfinished = Files.createTempFile(folder, "." + file.getFileName(), ".new", ownerOnly);
    try {
      write(unfinished, text, StandardOpenOption.WRITE);
      if (Files.exists(file)) {
        Files.setPosixFilePermissions(unfinished, Files.getPosixFilePermissions(file));
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      Folders.sync(folder);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void write(Path file, String text, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(file, how)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
