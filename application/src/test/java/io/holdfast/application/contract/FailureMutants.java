package io.holdfast.application.contract;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.ForwardingBlobStore;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Stores that fail wrongly, and that take an interrupt wrongly. */
final class FailureMutants {

  /** A secret of the bench that the mutants run on. */
  static final char[] SECRET = "pl4nted".toCharArray();

  private static final String NO_SECRET =
      "no secret is told by a failure, a store, a writer or a stream";

  private FailureMutants() {}

  static Stream<Mutant> all() {
    return Stream.of(
        new Mutant(
            "an interrupted writer that does not commit leaves nothing",
            "to drop it takes a thread that is not interrupted",
            "shows [set/dropped] and not []",
            FailureMutants::cannotDropWhenInterrupted),
        new Mutant(
            "an interrupted writer publishes all or nothing, and the interrupt is not swallowed",
            "it publishes what it had",
            "bytes of set/file",
            FailureMutants::publishesAPart),
        new Mutant(
            "an interrupted writer publishes all or nothing, and the interrupt is not swallowed",
            "the interrupt is swallowed",
            "the interrupt was forgotten",
            FailureMutants::swallowsInterrupts),
        new Mutant(
            "an interrupted thread spoils nothing for the others",
            "an interrupt closes the channel that all share",
            "channel closed",
            FailureMutants::closesWhatAllShare),
        new Mutant(
            "a missing blob is NOT_FOUND everywhere",
            "stat says STORAGE",
            "telling of missing is to fail with NOT_FOUND, and it failed with STORAGE",
            FailureMutants::statFailsOtherwise),
        new Mutant(
            "a folder is no blob, and nothing is below a blob",
            "a folder opens as an empty blob",
            "opening set is to fail with NOT_FOUND, and it did not fail",
            FailureMutants::opensFolders),
        new Mutant(
            "a missing blob is NOT_FOUND everywhere",
            "it has a local file",
            "there is a local file for missing",
            FailureMutants::namesFilesThatAreNotThere),
        new Mutant(
            "a failure names its blob",
            "it says nothing but what the system said",
            "nobody can tell of which blob this is: No such file",
            memory -> failsToOpen(memory, FailureKind.NOT_FOUND, "No such file")),
        new Mutant(
            "what trying again cannot mend is not called temporary",
            "a missing blob is an unreachable target",
            "temporary is called",
            memory ->
                failsToOpen(memory, FailureKind.STORAGE_UNREACHABLE, "cannot open set/missing")),
        new Mutant(
            NO_SECRET,
            "a failure tells it",
            "is in a text for people",
            memory ->
                failsToOpen(
                    memory, FailureKind.NOT_FOUND, "GET /x?key=" + new String(SECRET) + " 404")),
        new Mutant(
            NO_SECRET,
            "the location tells it",
            "is in a text for people",
            FailureMutants::locationTells),
        new Mutant(
            NO_SECRET,
            "a writer tells it",
            "is in a text for people",
            FailureMutants::writersTell));
  }

  private static BlobStore cannotDropWhenInterrupted(InMemoryBlobStore memory) {
    return new TamperedBlobStore(memory) {
      @Override
      void close(BlobKey key, BlobWriter honest, boolean committed, boolean again) {
        if (Thread.currentThread().isInterrupted()) {
          memory.overwrite(key, new byte[1]);
        }
        honest.close();
      }
    };
  }

  private static BlobStore publishesAPart(InMemoryBlobStore memory) {
    return new TamperedBlobStore(memory) {
      @Override
      void write(BlobKey key, BlobWriter honest, byte[] bytes, int offset, int length)
          throws IOException {
        if (!Thread.currentThread().isInterrupted()) {
          super.write(key, honest, bytes, offset, length);
        }
      }
    };
  }

  private static BlobStore swallowsInterrupts(InMemoryBlobStore memory) {
    return new TamperedBlobStore(memory) {
      @Override
      void commit(BlobKey key, BlobWriter honest) {
        if (Thread.interrupted()) {
          honest.commit();
        }
      }
    };
  }

  private static BlobStore closesWhatAllShare(InMemoryBlobStore memory) {
    AtomicBoolean closed = new AtomicBoolean();
    return new ForwardingBlobStore(memory) {
      @Override
      public InputStream open(BlobKey key) {
        return new FilterInputStream(super.open(key)) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
              closed.set(true);
            }
            if (closed.get()) {
              throw new IOException("channel closed");
            }
            return super.read(into, offset, length);
          }
        };
      }
    };
  }

  private static BlobStore statFailsOtherwise(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public BlobInfo stat(BlobKey key) {
        try {
          return super.stat(key);
        } catch (StorageFailure missing) {
          throw new StorageFailure(FailureKind.STORAGE, "cannot stat " + key, "", missing);
        }
      }
    };
  }

  private static BlobStore opensFolders(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public InputStream open(BlobKey key) {
        return key.value().equals("set") ? InputStream.nullInputStream() : super.open(key);
      }

      @Override
      public BlobInfo stat(BlobKey key) {
        return super.stat(key);
      }
    };
  }

  private static BlobStore namesFilesThatAreNotThere(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public Optional<Path> localFile(BlobKey key) {
        return Optional.of(Path.of("/srv/repository", key.value()));
      }
    };
  }

  private static BlobStore failsToOpen(InMemoryBlobStore memory, FailureKind kind, String text) {
    return new ForwardingBlobStore(memory) {
      @Override
      public InputStream open(BlobKey key) {
        if (key.value().endsWith("missing")) {
          throw new StorageFailure(kind, text, "");
        }
        return super.open(key);
      }
    };
  }

  private static BlobStore locationTells(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public String location() {
        return "sftp://me:" + new String(SECRET) + "@nas/";
      }
    };
  }

  private static BlobStore writersTell(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public BlobWriter create(BlobKey key) {
        BlobWriter writer = super.create(key);
        return new BlobWriter() {
          @Override
          public OutputStream body() {
            return writer.body();
          }

          @Override
          public void commit() {
            writer.commit();
          }

          @Override
          public void close() {
            writer.close();
          }

          @Override
          public String toString() {
            return "PUT with " + new String(SECRET);
          }
        };
      }
    };
  }
}
