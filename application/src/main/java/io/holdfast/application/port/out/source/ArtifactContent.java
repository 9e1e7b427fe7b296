package io.holdfast.application.port.out.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** The bytes of a stored artifact, for reading as often as needed. */
public interface ArtifactContent {

  /**
   * Opens the plain bytes, decompressed. At the end of the stream they have been compared with the
   * checksum: a mismatch fails the read.
   */
  InputStream open() throws IOException;

  /** The file itself, where it is a file of this host and not compressed by the pipeline. */
  Optional<Path> localFile();

  /** How long the stored bytes are. */
  long storedBytes();

  /** For people: set and path. */
  String describe();
}
