package io.holdfast.application.stream;

import io.holdfast.application.port.out.command.Cancellation;
import io.holdfast.application.port.out.source.Codec;
import io.holdfast.domain.backup.Listing;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A listing on its way to every target. It is begun there when its first compressed block is full:
 * most listings are smaller than that, so that no target has to keep a second file open for as long
 * as a volume is read.
 */
final class WrittenListing implements ListingFile {

  /** One that is filled while another is written: the artifact beside it has the memory. */
  private static final int CHUNKS = 2;

  private final String path;
  private final List<TargetRun> targets;
  private final Cancellation cancellation;
  private final HashingOutputStream stored = new HashingOutputStream(new Late());
  private final OutputStream body;
  private Optional<FanOut> fanOut = Optional.empty();

  WrittenListing(String path, Codec codec, List<TargetRun> targets, Cancellation cancellation)
      throws IOException {
    this.path = path;
    this.targets = targets;
    this.cancellation = cancellation;
    this.body = codec.compress(stored);
  }

  @Override
  public OutputStream body() {
    return body;
  }

  @Override
  public Optional<Listing> commit() throws IOException {
    body.close();
    begun().commit();
    return Optional.of(new Listing(path, stored.bytes(), stored.checksum()));
  }

  @Override
  public void close() {
    fanOut.ifPresent(FanOut::close);
  }

  private FanOut begun() throws IOException {
    FanOut begun =
        fanOut.isPresent() ? fanOut.get() : FanOut.begin(path, targets, CHUNKS, cancellation);
    fanOut = Optional.of(begun);
    return begun;
  }

  /** Begins the file with its first bytes. */
  private final class Late extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      begun().body().write(bytes, offset, length);
    }
  }
}
