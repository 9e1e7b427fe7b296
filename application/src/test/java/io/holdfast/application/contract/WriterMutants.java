package io.holdfast.application.contract;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobInfo;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobVisitor;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.ForwardingBlobStore;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Stores that write, publish or clear wrongly. */
final class WriterMutants {

  private WriterMutants() {}

  static Stream<Mutant> all() {
    return Stream.of(
        new Mutant(
            "a place where nothing was written reads as empty",
            "lists what nobody wrote",
            "ghost",
            WriterMutants::listsAGhost),
        new Mutant(
            "what is not committed is invisible",
            "an empty blob stands in for what is being written",
            "shows [set/file] and not []",
            memory -> publishesWhenCreated(memory)),
        new Mutant(
            "what a failing producer wrote is never seen",
            "close publishes",
            "shows [set/deep/file] and not []",
            WriterMutants::closePublishes),
        new Mutant(
            "what a failing producer wrote is never seen",
            "close fails",
            "closing the writer failed: ",
            WriterMutants::closeFails),
        new Mutant(
            "what was written before stays as it is beside a failing producer",
            "close removes what is under the key",
            "shows [] and not [set/kept]",
            memory ->
                new TamperedBlobStore(memory) {
                  @Override
                  void close(BlobKey key, BlobWriter honest, boolean committed, boolean again) {
                    honest.close();
                    if (!committed) {
                      inner().delete(key);
                    }
                  }
                }),
        new Mutant(
            "what was committed or deleted is seen so by everybody at once",
            "stat is remembered",
            "deleted, is to fail with NOT_FOUND",
            WriterMutants::remembersStat),
        new Mutant(
            "clearing keeps what was committed, and what dead writers left is never seen",
            "clearing removes the blobs too",
            "shows [] and not [set/kept]",
            WriterMutants::clearsAll),
        new Mutant(
            "clearing keeps what was committed, and what dead writers left is never seen",
            "clearing publishes what was left",
            "shows [set/dead, set/kept]",
            WriterMutants::clearingPublishes),
        new Mutant(
            "closing without a commit publishes nothing",
            "close publishes",
            "shows [file] and not []",
            WriterMutants::closePublishes),
        new Mutant(
            "closing a writer twice is harmless",
            "the second close fails",
            "IllegalStateException: closed already",
            WriterMutants::closesOnce),
        new Mutant(
            "a blob may be committed after its body was closed",
            "closing the body publishes",
            "shows [file] and not []",
            WriterMutants::closingTheBodyPublishes),
        new Mutant(
            "a closed body takes no more bytes",
            "it takes them and drops them",
            "no IOException",
            WriterMutants::bodyNeverCloses),
        new Mutant(
            "a closed writer commits no more",
            "it says that it did",
            "no IllegalStateException",
            WriterMutants::commitsWhatIsClosed));
  }

  private static BlobStore listsAGhost(BlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public void list(String prefix, BlobVisitor visitor) {
        visitor.visit(new BlobInfo(new BlobKey("ghost"), 0, Instant.EPOCH));
      }
    };
  }

  private static BlobStore publishesWhenCreated(InMemoryBlobStore memory) {
    return new TamperedBlobStore(memory) {
      @Override
      public BlobWriter create(BlobKey key) {
        BlobWriter writer = super.create(key);
        memory.overwrite(key, new byte[0]);
        return writer;
      }

      @Override
      void close(BlobKey key, BlobWriter honest, boolean committed, boolean again) {
        inner().delete(key);
        honest.close();
      }
    };
  }

  static BlobStore closePublishes(BlobStore memory) {
    return new TamperedBlobStore(memory) {
      @Override
      void close(BlobKey key, BlobWriter honest, boolean committed, boolean again) {
        if (!committed && !again) {
          honest.commit();
        }
        honest.close();
      }
    };
  }

  private static BlobStore closeFails(BlobStore memory) {
    return new TamperedBlobStore(memory) {
      @Override
      void close(BlobKey key, BlobWriter honest, boolean committed, boolean again) {
        honest.close();
        if (!committed) {
          throw new StorageFailure(FailureKind.STORAGE, "cannot drop it", "");
        }
      }
    };
  }

  private static BlobStore remembersStat(BlobStore memory) {
    Map<BlobKey, BlobInfo> remembered = new HashMap<>();
    return new ForwardingBlobStore(memory) {
      @Override
      public BlobInfo stat(BlobKey key) {
        return remembered.computeIfAbsent(key, super::stat);
      }
    };
  }

  private static BlobStore clearsAll(BlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public void clearAbandoned() {
        List<BlobKey> all = new ArrayList<>();
        list("", blob -> all.add(blob.key()));
        all.forEach(this::delete);
      }
    };
  }

  private static BlobStore clearingPublishes(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public void clearAbandoned() {
        for (String name : memory.contents()) {
          if (name.startsWith("(")) {
            memory.overwrite(new BlobKey(name.substring(1, name.length() - 1)), new byte[1]);
          }
        }
      }
    };
  }

  private static BlobStore closesOnce(BlobStore memory) {
    return new TamperedBlobStore(memory) {
      @Override
      void close(BlobKey key, BlobWriter honest, boolean committed, boolean again) {
        if (again) {
          throw new IllegalStateException("closed already");
        }
        honest.close();
      }
    };
  }

  private static BlobStore closingTheBodyPublishes(BlobStore memory) {
    Set<BlobKey> published = ConcurrentHashMap.newKeySet();
    return new TamperedBlobStore(memory) {
      @Override
      void closeBody(BlobKey key, BlobWriter honest) {
        if (published.add(key)) {
          honest.commit();
        }
      }

      @Override
      void commit(BlobKey key, BlobWriter honest) {
        closeBody(key, honest);
      }
    };
  }

  private static BlobStore bodyNeverCloses(BlobStore memory) {
    Set<BlobKey> closed = new TreeSet<>();
    return new TamperedBlobStore(memory) {
      @Override
      void write(BlobKey key, BlobWriter honest, byte[] bytes, int offset, int length)
          throws IOException {
        if (!closed.contains(key)) {
          super.write(key, honest, bytes, offset, length);
        }
      }

      @Override
      void closeBody(BlobKey key, BlobWriter honest) {
        closed.add(key);
      }
    };
  }

  private static BlobStore commitsWhatIsClosed(BlobStore memory) {
    return new TamperedBlobStore(memory) {
      @Override
      void commit(BlobKey key, BlobWriter honest) {
        try {
          honest.commit();
        } catch (IllegalStateException closed) {
          return;
        }
      }
    };
  }
}
