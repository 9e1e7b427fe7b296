package io.holdfast.application.contract;

import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.ForwardingBlobStore;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stores that give back other bytes than were written, or give them wrongly. */
final class ReadMutants {

  private ReadMutants() {}

  static Stream<Mutant> all() {
    return Stream.of(
        new Mutant(
            "a blob of no byte comes back",
            "it is not published",
            "NOT_FOUND",
            ReadMutants::dropsEmptyBlobs),
        new Mutant(
            "a blob of one byte comes back",
            "its last byte is cut",
            "from byte 0 on",
            memory -> cuts(memory, size -> size == 1)),
        new Mutant(
            "blobs of any buffer's size and one byte either side come back",
            "the byte after a full buffer is cut",
            "of the 8193 bytes",
            memory -> cuts(memory, size -> size % 8192 == 1)),
        new Mutant(
            "blobs of a part's size and one byte either side come back",
            "the byte after a full part is cut",
            "of the 100001 bytes",
            memory -> cuts(memory, size -> size == 100_001)),
        new Mutant(
            "single bytes and pieces of any size come back in order",
            "single bytes are lost",
            "came back otherwise",
            ReadMutants::losesSingleBytes),
        new Mutant(
            "a large blob streams there and back",
            "it ends early",
            "of the 1000000 bytes",
            memory -> cuts(memory, size -> size == 1_000_000)),
        new Mutant(
            "two readers of a blob each get all of it",
            "they share one stream",
            "what was read differs from byte",
            ReadMutants::sharesStreams),
        new Mutant(
            "a reader may stop early and be closed twice",
            "the second close fails",
            "closed already",
            memory -> reads(memory, ClosesOnce::new)),
        new Mutant(
            "the end of a blob stays its end",
            "after the end there is one byte more",
            "after the end there was another byte",
            memory -> reads(memory, GoesOnAfterItsEnd::new)),
        new Mutant(
            "a reader that was opened before a deletion never gets part of the blob",
            "what is read of it ends early and well",
            "or has another end",
            ReadMutants::endsWhenDeleted),
        new Mutant(
            "a local file is the blob itself",
            "it is another file",
            "bytes of /dev/null",
            ReadMutants::namesAnotherFile));
  }

  private static BlobStore dropsEmptyBlobs(InMemoryBlobStore memory) {
    return new TamperedBlobStore(memory) {
      @Override
      void commit(BlobKey key, BlobWriter honest) {
        honest.commit();
        if (memory.stat(key).bytes() == 0) {
          memory.delete(key);
        }
      }
    };
  }

  /** Of blobs of such sizes the last byte is not given. */
  private static BlobStore cuts(InMemoryBlobStore memory, LongPredicate sizes) {
    return new ForwardingBlobStore(memory) {
      @Override
      public InputStream open(BlobKey key) {
        InputStream whole = super.open(key);
        long size = memory.stat(key).bytes();
        try {
          return sizes.test(size)
              ? new ByteArrayInputStream(whole.readNBytes((int) size - 1))
              : whole;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private static BlobStore losesSingleBytes(InMemoryBlobStore memory) {
    return new TamperedBlobStore(memory) {
      @Override
      void write(BlobKey key, BlobWriter honest, byte[] bytes, int offset, int length)
          throws IOException {
        if (length > 1) {
          super.write(key, honest, bytes, offset, length);
        }
      }
    };
  }

  private static BlobStore sharesStreams(InMemoryBlobStore memory) {
    Map<BlobKey, InputStream> open = new ConcurrentHashMap<>();
    return new ForwardingBlobStore(memory) {
      @Override
      public InputStream open(BlobKey key) {
        return open.computeIfAbsent(key, super::open);
      }
    };
  }

  private static BlobStore reads(InMemoryBlobStore memory, UnaryOperator<InputStream> through) {
    return new ForwardingBlobStore(memory) {
      @Override
      public InputStream open(BlobKey key) {
        return through.apply(super.open(key));
      }
    };
  }

  private static BlobStore endsWhenDeleted(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public InputStream open(BlobKey key) {
        return new FilterInputStream(super.open(key)) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            try {
              memory.stat(key);
              return super.read(into, offset, length);
            } catch (StorageFailure gone) {
              return -1;
            }
          }
        };
      }
    };
  }

  private static BlobStore namesAnotherFile(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public Optional<Path> localFile(BlobKey key) {
        return key.value().equals("missing") ? Optional.empty() : Optional.of(Path.of("/dev/null"));
      }
    };
  }

  private static final class ClosesOnce extends FilterInputStream {
    private boolean closed;

    private ClosesOnce(InputStream in) {
      super(in);
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        throw new IOException("closed already");
      }
      closed = true;
      super.close();
    }
  }

  private static final class GoesOnAfterItsEnd extends FilterInputStream {
    private int ends;

    private GoesOnAfterItsEnd(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      return read < 0 && ends++ > 0 ? 7 : read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return super.read(into, offset, length);
    }
  }
}
