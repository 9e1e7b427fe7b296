package io.holdfast.launcher.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Fetches what references stand for, from the environment and from small files. */
final class References {

  /** More than any password or private key; a longer file is a mistake. */
  private static final int LONGEST_FILE = 64 * 1024;

  private final Function<String, Optional<String>> environment;
  private final Path folder;

  /**
   * @param environment a variable by its name
   * @param folder where relative paths begin: the configuration file's own
   */
  References(Function<String, Optional<String>> environment, Path folder) {
    this.environment = environment;
    this.folder = folder;
  }

  /** The characters, without a file's last newline; never empty. */
  char[] fetch(Reference reference) throws UnresolvedReferenceException {
    char[] value =
        switch (reference.origin()) {
          case ENVIRONMENT -> fromEnvironment(reference.name());
          case FILE -> fromFile(reference.name());
        };
    if (value.length == 0) {
      throw new UnresolvedReferenceException(reference + " is empty");
    }
    return value;
  }

  /** A path of the configuration, or empty when it is none. */
  Optional<Path> path(String text) {
    try {
      return Optional.of(folder.resolve(text)).filter(path -> !text.isBlank());
    } catch (InvalidPathException notAPath) {
      return Optional.empty();
    }
  }

  private char[] fromEnvironment(String name) throws UnresolvedReferenceException {
    return environment
        .apply(name)
        .map(String::toCharArray)
        .orElseThrow(
            () ->
                new UnresolvedReferenceException(
                    "the environment variable " + name + " is not set"));
  }

  private char[] fromFile(String path) throws UnresolvedReferenceException {
    byte[] bytes = new byte[0];
    try {
      bytes = readBounded(folder.resolve(path));
      return decodeWithoutNewline(bytes);
    } catch (NoSuchFileException e) {
      throw new UnresolvedReferenceException("the file " + path + " does not exist");
    } catch (AccessDeniedException e) {
      throw new UnresolvedReferenceException("no right to read the file " + path);
    } catch (CharacterCodingException e) {
      throw new UnresolvedReferenceException("the file " + path + " is not UTF-8 text");
    } catch (IOException | InvalidPathException e) {
      throw new UnresolvedReferenceException(
          "the file " + path + " cannot be read: " + e.getMessage());
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static byte[] readBounded(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("it is a folder");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST_FILE + 1);
      if (bytes.length > LONGEST_FILE) {
        throw new IOException("it is longer than " + LONGEST_FILE + " bytes");
      }
      return bytes;
    }
  }

  private static char[] decodeWithoutNewline(byte[] bytes) throws CharacterCodingException {
    CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    int end = decoded.limit();
    if (end > 0 && decoded.get(end - 1) == '\n') {
      end--;
      if (end > 0 && decoded.get(end - 1) == '\r') {
        end--;
      }
    }
    char[] value = new char[end];
    decoded.get(value);
    Arrays.fill(decoded.array(), '\0');
    return value;
  }
}
