package io.holdfast.podman.archive;

import io.holdfast.application.port.out.source.ArtifactContent;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/** Takes the listing of an archive and compares it, byte by byte, with the one that is stored. */
final class ListingCheck extends OutputStream {

  private final Optional<InputStream> stored;

  private ListingCheck(Optional<InputStream> stored) {
    this.stored = stored;
  }

  /** Where no listing is stored, nothing is compared. */
  static ListingCheck of(Optional<ArtifactContent> listing) throws IOException {
    return new ListingCheck(
        listing.isPresent()
            ? Optional.of(new BufferedInputStream(listing.get().open(), 1 << 16))
            : Optional.empty());
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (stored.isEmpty()) {
      return;
    }
    for (int i = offset; i < offset + length; i++) {
      if (stored.get().read() != (bytes[i] & 0xFF)) {
        String member = new String(bytes, offset, length, StandardCharsets.US_ASCII);
        throw differs("at " + member.strip());
      }
    }
  }

  /** The archive has ended. */
  void end() throws IOException {
    if (stored.isPresent() && stored.get().read() >= 0) {
      throw differs("at its end: it names more");
    }
  }

  @Override
  public void close() throws IOException {
    if (stored.isPresent()) {
      stored.get().close();
    }
  }

  private static DamagedTarException differs(String where) {
    return new DamagedTarException("its members are not those of the stored listing, " + where);
  }
}
