package io.holdfast.postgres;

import io.holdfast.application.port.out.source.ArtifactContent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Stored bytes that are no file of this host. */
final class BytesContent implements ArtifactContent {

  private final byte[] bytes;

  BytesContent(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public Optional<Path> localFile() {
    return Optional.empty();
  }

  @Override
  public long storedBytes() {
    return bytes.length;
  }

  @Override
  public String describe() {
    return "set 20260101_000000, databases/x.dump";
  }
}
