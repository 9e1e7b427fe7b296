package io.holdfast.podman.testing;

import io.holdfast.application.port.out.source.ArtifactContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A stored artifact that is a plain file.
 *
 * @param file the file
 */
public record FileContent(Path file) implements ArtifactContent {

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(file);
  }

  @Override
  public Optional<Path> localFile() {
    return Optional.of(file);
  }

  @Override
  public long storedBytes() {
    return file.toFile().length();
  }

  @Override
  public String describe() {
    return "set of the test, " + file.getFileName();
  }
}
