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
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stores that take one key for another, or delete more or less than was asked. */
final class NameMutants {

  private NameMutants() {}

  static Stream<Mutant> all() {
    return Stream.of(
        new Mutant(
            "a key that climbs out is refused",
            "a listing climbs out",
            "a listing of \"..\" shows [x]",
            NameMutants::listingClimbs),
        new Mutant(
            "a key with a space, +, %, #, quotes and other letters names its own blob",
            "keys are decoded once too often",
            "a listing of all keys shows",
            memory -> new Renaming(memory, text -> text.replace("%41", "A"))),
        new Mutant(
            "a key of any characters names its own blob",
            "blanks at the end of a name are cut",
            "a listing of all keys shows",
            memory -> new Renaming(memory, text -> text.stripTrailing())),
        new Mutant(
            "keys that look alike name different blobs",
            "a plus is a blank",
            "ALREADY_EXISTS",
            memory -> new Renaming(memory, text -> text.replace('+', ' '))),
        new Mutant(
            "a name of two hundred bytes is taken",
            "it is too long",
            "name too long",
            NameMutants::refusesLongNames),
        new Mutant(
            "deleting is idempotent",
            "the second deletion fails",
            "NOT_FOUND",
            NameMutants::deletesOnce),
        new Mutant(
            "deleting is idempotent",
            "a deletion does nothing",
            "is to fail with NOT_FOUND",
            NameMutants::deletesNothing),
        new Mutant(
            "deleting one blob leaves its neighbours",
            "all that begins with the key is deleted",
            "shows [] and not [set/ab, set/b/c]",
            NameMutants::deletesByPrefix),
        new Mutant(
            "a deleted key can be written again",
            "a key that was ever used stays taken",
            "ALREADY_EXISTS",
            NameMutants::keepsTombstones));
  }

  private static BlobStore listingClimbs(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public void list(String prefix, BlobVisitor visitor) {
        super.list(prefix.startsWith(".") ? "" : prefix, visitor);
      }
    };
  }

  private static BlobStore refusesLongNames(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public BlobWriter create(BlobKey key) {
        if (key.value().length() > 200) {
          throw new StorageFailure(FailureKind.STORAGE, "name too long", "");
        }
        return super.create(key);
      }
    };
  }

  private static BlobStore deletesOnce(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public void delete(BlobKey key) {
        stat(key);
        super.delete(key);
      }
    };
  }

  private static BlobStore deletesNothing(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public void delete(BlobKey key) {}
    };
  }

  private static BlobStore deletesByPrefix(InMemoryBlobStore memory) {
    return new ForwardingBlobStore(memory) {
      @Override
      public void delete(BlobKey key) {
        List<BlobKey> all = new ArrayList<>();
        list(key.value(), blob -> all.add(blob.key()));
        all.forEach(super::delete);
      }
    };
  }

  private static BlobStore keepsTombstones(InMemoryBlobStore memory) {
    Set<BlobKey> used = ConcurrentHashMap.newKeySet();
    return new TamperedBlobStore(memory) {
      @Override
      void commit(BlobKey key, BlobWriter honest) {
        if (!used.add(key)) {
          throw new StorageFailure(FailureKind.ALREADY_EXISTS, key + " is taken", "");
        }
        honest.commit();
      }
    };
  }

  /** Keeps a blob under another key than it was told. */
  private static final class Renaming extends ForwardingBlobStore {
    private final UnaryOperator<String> otherName;

    private Renaming(BlobStore inner, UnaryOperator<String> otherName) {
      super(inner);
      this.otherName = otherName;
    }

    @Override
    public BlobWriter create(BlobKey key) {
      return super.create(renamed(key));
    }

    @Override
    public InputStream open(BlobKey key) {
      return super.open(renamed(key));
    }

    @Override
    public BlobInfo stat(BlobKey key) {
      return super.stat(renamed(key));
    }

    @Override
    public void delete(BlobKey key) {
      super.delete(renamed(key));
    }

    private BlobKey renamed(BlobKey key) {
      return new BlobKey(otherName.apply(key.value()));
    }
  }
}
