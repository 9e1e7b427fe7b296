package io.holdfast.application.contract;

import io.holdfast.application.port.failure.FailureKind;
import io.holdfast.application.port.failure.StorageFailure;
import io.holdfast.application.port.out.store.BlobKey;
import io.holdfast.application.port.out.store.BlobStore;
import io.holdfast.application.port.out.store.BlobWriter;
import io.holdfast.application.port.out.store.InMemoryBlobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Stores that let more than one writer, or the wrong one, have a key. */
final class RaceMutants {

  private RaceMutants() {}

  static Stream<Mutant> all() {
    return Stream.of(
        new Mutant(
            "a second writer of a key is refused and changes nothing",
            "a commit replaces",
            "ALREADY_EXISTS, and it did not fail",
            memory -> replaces(memory, (key, there) -> true)),
        new Mutant(
            "a second writer of a key is refused and changes nothing",
            "a commit replaces, and says that it did not",
            "of the 1000 bytes of set/file",
            RaceMutants::replacesAndDenies),
        new Mutant(
            "a second writer of a key is refused and changes nothing",
            "the refusal names no blob",
            "does not say of which blob",
            RaceMutants::refusesNamelessly),
        new Mutant(
            "of two open writers the first to commit wins, whoever began first",
            "a key is looked for when the writer is made, and not again",
            "whoever came second is to fail with ALREADY_EXISTS, and it did not fail",
            RaceMutants::looksWhenCreated),
        new Mutant(
            "of two racing writers one wins with all its bytes",
            "looks, and then writes",
            "2 of 2 commits succeeded",
            RaceMutants::looksAndThenWrites),
        new Mutant(
            "of two racing writers one wins with all its bytes",
            "whoever loses is told that the target is unreachable",
            "whoever lost the race was told otherwise",
            RaceMutants::tellsLosersOtherwise),
        new Mutant(
            "of a crowd of racing writers one wins with all its bytes",
            "looks, and then writes",
            "of 8 commits succeeded",
            RaceMutants::looksAndThenWrites),
        new Mutant(
            "writers of different keys do not disturb each other",
            "dropping one removes the folder",
            "NOT_FOUND",
            RaceMutants::droppingRemovesTheFolder));
  }

  private static BlobStore replaces(
      InMemoryBlobStore memory, BiPredicate<BlobKey, Boolean> replaced) {
    return new TamperedBlobStore(memory) {
      @Override
      void commit(BlobKey key, BlobWriter honest) {
        if (replaced.test(key, isThere(memory, key))) {
          memory.delete(key);
        }
        honest.commit();
      }
    };
  }

  private static BlobStore replacesAndDenies(InMemoryBlobStore memory) {
    return new TamperedBlobStore(memory) {
      @Override
      void commit(BlobKey key, BlobWriter honest) {
        boolean taken = isThere(memory, key);
        memory.delete(key);
        honest.commit();
        if (taken) {
          throw taken("There is a " + key);
        }
      }
    };
  }

  private static BlobStore refusesNamelessly(InMemoryBlobStore memory) {
    return new TamperedBlobStore(memory) {
      @Override
      void commit(BlobKey key, BlobWriter honest) {
        if (isThere(memory, key)) {
          throw taken("It is there already");
        }
        honest.commit();
      }
    };
  }

  private static BlobStore looksWhenCreated(InMemoryBlobStore memory) {
    Map<BlobKey, Boolean> thereWhenCreated = new ConcurrentHashMap<>();
    BlobStore replacing =
        replaces(memory, (key, there) -> Boolean.FALSE.equals(thereWhenCreated.get(key)));
    return new TamperedBlobStore(replacing) {
      @Override
      public BlobWriter create(BlobKey key) {
        thereWhenCreated.put(key, isThere(memory, key));
        return super.create(key);
      }
    };
  }

  private static BlobStore looksAndThenWrites(InMemoryBlobStore memory) {
    return new TamperedBlobStore(memory) {
      @Override
      void commit(BlobKey key, BlobWriter honest) {
        boolean free = !isThere(memory, key);
        LockSupport.parkNanos(20_000_000);
        // Two that delete first and commit then would let one of them fail, as a good store does.
        synchronized (memory) {
          if (free) {
            memory.delete(key);
          }
          honest.commit();
        }
      }
    };
  }

  private static BlobStore tellsLosersOtherwise(InMemoryBlobStore memory) {
    return new TamperedBlobStore(memory) {
      @Override
      void commit(BlobKey key, BlobWriter honest) {
        try {
          honest.commit();
        } catch (StorageFailure lost) {
          throw new StorageFailure(
              FailureKind.STORAGE_UNREACHABLE, "no answer for " + key, "", lost);
        }
      }
    };
  }

  private static BlobStore droppingRemovesTheFolder(InMemoryBlobStore memory) {
    return new TamperedBlobStore(memory) {
      @Override
      void close(BlobKey key, BlobWriter honest, boolean committed, boolean again) {
        honest.close();
        if (!committed) {
          String folder = key.value().substring(0, key.value().lastIndexOf('/') + 1);
          List<BlobKey> all = new ArrayList<>();
          memory.list(folder, blob -> all.add(blob.key()));
          all.forEach(memory::delete);
        }
      }
    };
  }

  private static boolean isThere(InMemoryBlobStore memory, BlobKey key) {
    try {
      memory.stat(key);
      return true;
    } catch (StorageFailure missing) {
      return false;
    }
  }

  private static StorageFailure taken(String message) {
    return new StorageFailure(FailureKind.ALREADY_EXISTS, message, "");
  }
}
