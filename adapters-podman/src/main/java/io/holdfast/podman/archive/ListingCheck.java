package io.holdfast.podman.archive;

import io.holdfast.application.port.failure.Failure;
import io.holdfast.application.port.failure.InterruptedFailure;
import io.holdfast.application.port.out.source.ArtifactContent;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes the listing of an archive and compares it, byte by byte, with the one that is stored. A
 * stored one that cannot be read is not compared: its own checksum tells of that.
 */
final class ListingCheck extends OutputStream {

  private final Optional<ArtifactContent> listing;
  private Optional<InputStream> stored = Optional.empty();
  private Optional<String> difference = Optional.empty();
  private boolean ended;

  /** Where no listing is stored, nothing is compared. */
  ListingCheck(Optional<ArtifactContent> listing) {
    this.listing = listing;
    this.ended = listing.isEmpty();
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    for (int i = offset; i < offset + length && !ended; i++) {
      int found = next();
      if (!ended && found != (bytes[i] & 0xFF)) {
        String line = new String(bytes, offset, length, StandardCharsets.US_ASCII);
        differs("at the tar's " + line.strip());
      }
    }
  }

  /** Where they differ first, once the archive has ended. */
  Optional<String> difference() {
    if (!ended && next() >= 0 && !ended) {
      differs("at its end: it names more");
    }
    return difference;
  }

  @Override
  public void close() throws IOException {
    if (stored.isPresent()) {
      stored.get().close();
    }
  }

  private int next() {
    try {
      if (stored.isEmpty() && listing.isPresent()) {
        stored = Optional.of(new BufferedInputStream(listing.get().open(), 1 << 16));
      }
      return stored.isPresent() ? stored.get().read() : -1;
    } catch (InterruptedFailure interrupted) {
      throw interrupted;
    } catch (IOException | Failure unreadable) {
      ended = true;
      return -1;
    }
  }

  private void differs(String where) {
    ended = true;
    difference = Optional.of(where);
  }
}
